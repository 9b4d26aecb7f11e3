package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"

	"github.com/whosaid-nlp/whosaid/cmd/internal/write"
)

// A folder has a file an article. With Resume, quotes.journal names each file
// with its hash; the next run leaves the files alone that are there with this
// hash for a text that is the same.
type folder struct {
	path    string
	options Options
	names   names
	kept    int  // articles that Done found
	put     int  // articles that Put took
	changed bool // the mark is gone

	journal  *journal
	finished map[string]entry // by file
}

func openFolder(path string, o Options) (*folder, error) {
	if err := os.MkdirAll(path, 0o777); err != nil {
		return nil, err
	}
	f := &folder{path: path, options: o, names: names{}, finished: map[string]entry{}}
	if w, ok := o.Writer.(write.Sidecar); ok {
		for name, content := range w.Shared() {
			if err := f.write(name, []byte(content)); err != nil {
				return nil, err
			}
		}
	}
	if !o.Resume {
		return f, nil
	}
	j, entries, err := openJournal(f.own("journal"), o.Settings)
	if err != nil {
		return nil, err
	}
	f.journal = j
	for e, ok := entries(); ok; e, ok = entries() {
		f.finished[e.File] = e
	}
	return f, nil
}

// own is the path of a file of the store itself.
func (f *folder) own(what string) string {
	name := "quotes." + what
	if f.options.Part != "" {
		name = "quotes-" + f.options.Part + "." + what
	}
	return filepath.Join(f.path, name)
}

// write writes a file unless it is there already as it should be.
func (f *folder) write(name string, content []byte) error {
	path := filepath.Join(f.path, name)
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, content) {
		return nil
	}
	return writeFile(path, content)
}

func (f *folder) Done(k Key) (Ticket, bool, error) {
	t := Ticket{k, f.names.of(k.ID)}
	if e, ok := f.finished[t.file+f.options.Format.Extension]; ok && e.of(k) && f.stands(t, e) {
		f.kept++
		return t, true, nil
	}
	if f.journal != nil && !f.changed {
		f.changed = true
		return t, false, removeMark(f.own("done"))
	}
	return t, false, nil
}

// stands reports whether the files of an entry are as they were written.
func (f *folder) stands(t Ticket, e entry) bool {
	if e.Size == 0 {
		return true
	}
	content, err := os.ReadFile(filepath.Join(f.path, e.File))
	if err != nil {
		return false
	}
	if _, ok := f.options.Writer.(write.Sidecar); ok {
		beside, err := os.ReadFile(filepath.Join(f.path, t.file+write.SidecarExtension))
		if err != nil {
			return false
		}
		content = append(content, beside...)
	}
	return len(content) == e.Size && hashOf(content) == e.Sum
}

func (f *folder) Put(t Ticket, o Output) error {
	f.put++
	file := t.file + f.options.Format.Extension
	var content []byte
	if len(o.Body)+len(o.Sidecar) > 0 {
		for _, name := range []string{file, t.file + write.SidecarExtension} {
			if (name == file || o.Sidecar != nil) && f.isSource(t.key, name) {
				return usagef("%s would overwrite the input %s: name another folder with --output", filepath.Join(f.path, name), t.key.Source)
			}
		}
		content = f.options.Format.Whole(f.options.Writer, o.Body)
		if o.Sidecar != nil { // first: a text alone does no harm
			if err := writeFile(filepath.Join(f.path, t.file+write.SidecarExtension), o.Sidecar); err != nil {
				return err
			}
		}
		if err := writeFile(filepath.Join(f.path, file), content); err != nil {
			return err
		}
	}
	if f.journal == nil {
		return nil
	}
	return f.journal.append(newEntry(t.key, file, append(content, o.Sidecar...)))
}

// isSource reports whether a file of the folder is the one that an article comes from.
func (f *folder) isSource(k Key, name string) bool {
	if filepath.Base(k.Source) != name {
		return false
	}
	in, err := os.Stat(k.Source)
	out, e := os.Stat(filepath.Join(f.path, name))
	return err == nil && e == nil && os.SameFile(in, out)
}

func (f *folder) Flush() error { return nil }

func (f *folder) Close(whole bool, failed int) error {
	if f.journal == nil {
		return nil
	}
	if err := errors.Join(f.journal.f.Sync(), f.journal.close()); err != nil || !whole {
		return err
	}
	return writeMark(f.own("done"), mark{Settings: f.options.Settings, Articles: f.kept + f.put, Failed: failed})
}
