package store

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// A journal lists what a run has finished, a JSON object a line: a head with
// the settings, then an entry an article. A line that is cut off ends it.
type journal struct {
	f      *os.File
	offset int64 // behind the last whole line that was read or written
}

type head struct {
	Journal  string `json:"journal"`
	Settings string `json:"settings"`
}

const journalVersion = "whosaid-journal/1"

// An entry is an article that is finished.
type entry struct {
	ID   string `json:"id"`
	Text string `json:"text"`           // SHA-256 of the article's text
	File string `json:"file,omitempty"` // in a folder
	Size int    `json:"size"`
	Sum  string `json:"sha256"` // of what was written
}

func newEntry(k Key, file string, written []byte) entry {
	return entry{k.ID, hex.EncodeToString(k.Text[:]), file, len(written), hashOf(written)}
}

// of reports whether the entry is that of an article of the input.
func (e entry) of(k Key) bool {
	return e.ID == jsonString(k.ID) && e.Text == hex.EncodeToString(k.Text[:])
}

func hashOf(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// jsonString is s as it comes back from JSON: bytes that are not UTF-8 are lost.
func jsonString(s string) string { return string([]rune(s)) }

// openJournal opens the journal of a name, or begins it, and returns its
// entries one by one. A journal of other settings is an error.
func openJournal(name, settings string) (*journal, func() (entry, bool), error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, nil, err
	}
	j := &journal{f: f}
	r := bufio.NewReaderSize(f, 1<<16)
	read := func(x any) bool {
		line, err := r.ReadBytes('\n')
		if err != nil || json.Unmarshal(line, x) != nil {
			return false
		}
		j.offset += int64(len(line))
		return true
	}
	var h head
	switch {
	case !read(&h) || h.Journal != journalVersion:
		if err := j.begin(settings); err != nil {
			return nil, nil, errors.Join(err, f.Close())
		}
		return j, func() (entry, bool) { return entry{}, false }, nil
	case h.Settings != settings:
		f.Close()
		return nil, nil, usagef("%s: the output was begun by %q and this is %q: give the old flags, or remove the journal to begin anew",
			name, h.Settings, settings)
	}
	return j, func() (e entry, ok bool) { ok = read(&e); return e, ok }, nil
}

// begin writes the head of an empty journal.
func (j *journal) begin(settings string) error {
	j.offset = 0
	return j.append(head{journalVersion, settings})
}

// append writes a line behind the last one and forgets what else stood there.
func (j *journal) append(x any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(x); err != nil {
		return err
	}
	if err := j.f.Truncate(j.offset); err != nil {
		return err
	}
	if _, err := j.f.WriteAt(b.Bytes(), j.offset); err != nil {
		return err
	}
	j.offset += int64(b.Len())
	return nil
}

func (j *journal) close() error { return j.f.Close() }

// A mark says that a run is done. Batch systems wait for it.
type mark struct {
	Done     string `json:"done"`
	Settings string `json:"settings"`
	Articles int    `json:"articles"`
	Failed   int    `json:"failed"`
	Sum      string `json:"sha256,omitempty"` // of the file; a folder has its journal
}

const markVersion = "whosaid-done/1"

func writeMark(name string, m mark) error {
	m.Done = markVersion
	b, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return writeFile(name, append(b, '\n'))
}

// removeMark takes a mark away: what it says is about to be untrue.
func removeMark(name string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// partial is added to the name of a file that is being written.
const partial = ".part"

// writeFile writes a file that is there wholly or not at all.
func writeFile(name string, content []byte) error {
	f, err := os.OpenFile(name+partial, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err := errors.Join(err, f.Close()); err != nil {
		os.Remove(name + partial)
		return err
	}
	return os.Rename(name+partial, name)
}

// syncFolder makes a renaming in the folder of a file last. Not every system
// can.
func syncFolder(name string) {
	if d, err := os.Open(filepath.Dir(name)); err == nil {
		d.Sync()
		d.Close()
	}
}

// HashFile returns the SHA-256 of a file.
func HashFile(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
