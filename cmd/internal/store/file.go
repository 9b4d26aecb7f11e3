package store

import (
	"bufio"
	"errors"
	"io"
	"os"
)

// A file holds all articles. It is written as NAME.part and renamed when it is
// whole. With Resume, NAME.journal tells for each article how long its piece is
// and what its hash is. The next run goes through input and journal side by
// side: as long as both have the same article, and the file its piece, the
// article is done; from the first difference on all is done again. So the file
// is always that of one run over the input as it is now.
type file struct {
	name     string
	options  Options
	joiner   joiner
	articles int

	out *os.File
	buf *bufio.Writer

	journal *journal
	entries func() (entry, bool) // nil: nothing is left to verify
	old     *os.File             // where the pieces of the journal are
	pieces  *bufio.Reader
	length  int64 // of the verified pieces
	before  int64 // where the entry that is being verified begins in the journal
}

func openFile(name string, o Options) (*file, error) {
	f := &file{name: name, options: o, joiner: joiner{format: o.Format, writer: o.Writer}}
	if !o.Resume {
		return f, f.create(0)
	}
	var err error
	if f.journal, f.entries, err = openJournal(name+".journal", o.Settings); err != nil {
		return nil, err
	}
	f.before = f.journal.offset
	for _, place := range []string{name + partial, name} {
		if f.old, err = os.Open(place); err == nil {
			f.pieces = bufio.NewReaderSize(f.old, 1<<16)
			return f, nil
		}
	}
	return f, f.differ()
}

// create opens NAME.part for writing behind its first bytes.
func (f *file) create(keep int64) error {
	out, err := os.OpenFile(f.name+partial, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return err
	}
	f.out = out
	f.buf = bufio.NewWriterSize(out, 1<<16)
	if err := out.Truncate(keep); err != nil {
		return err
	}
	_, err = out.Seek(keep, io.SeekStart)
	return err
}

func (f *file) Done(k Key) (Ticket, bool, error) {
	t := Ticket{key: k}
	if f.entries == nil {
		return t, false, nil
	}
	f.before = f.journal.offset
	if e, ok := f.entries(); ok && e.of(k) && f.has(e.Size) {
		piece := make([]byte, e.Size)
		if _, err := io.ReadFull(f.pieces, piece); err == nil && hashOf(piece) == e.Sum {
			f.length += int64(e.Size)
			f.articles++
			f.joiner.resume(e.Size)
			return t, true, nil
		}
	}
	f.journal.offset = f.before
	return t, false, f.differ()
}

// has reports whether the file has so many bytes more than those verified: a
// journal that is damaged may ask for any number.
func (f *file) has(size int) bool {
	info, err := f.old.Stat()
	return err == nil && size >= 0 && int64(size) <= info.Size()-f.length
}

// differ ends the verification: what follows is written anew, behind the pieces
// that are verified.
func (f *file) differ() error {
	f.entries = nil
	if err := removeMark(f.name + ".done"); err != nil {
		return err
	}
	if f.old == nil {
		return f.create(0)
	}
	if f.old.Name() == f.name { // whole, but not of this input
		if err := f.copyVerified(); err != nil {
			return err
		}
	}
	f.old.Close()
	f.old = nil
	return f.create(f.length)
}

// copyVerified makes NAME.part of the verified beginning of NAME, which stays
// until it is replaced.
func (f *file) copyVerified() error {
	out, err := os.Create(f.name + partial)
	if err != nil {
		return err
	}
	if _, err := f.old.Seek(0, io.SeekStart); err != nil {
		return errors.Join(err, out.Close())
	}
	_, err = io.CopyN(out, f.old, f.length)
	return errors.Join(err, out.Close())
}

func (f *file) Put(t Ticket, o Output) error {
	piece := f.joiner.next(o.Body)
	f.articles++
	if _, err := f.buf.Write(piece); err != nil {
		return err
	}
	if f.journal == nil {
		return nil
	}
	if err := f.buf.Flush(); err != nil { // the journal never runs ahead
		return err
	}
	return f.journal.append(newEntry(t.key, "", piece))
}

func (f *file) Flush() error { return nil }

func (f *file) Close(whole bool, failed int) error {
	if f.journal == nil {
		return f.finish()
	}
	defer f.journal.close()
	if !whole {
		if f.old != nil {
			return f.old.Close()
		}
		return errors.Join(f.buf.Flush(), f.out.Close())
	}
	if f.entries != nil { // all that was asked for is there; is there more?
		same, err := f.isWhole()
		if err != nil {
			return err
		}
		if !same {
			if err := f.differ(); err != nil {
				return err
			}
		}
	}
	if f.old != nil {
		f.old.Close()
	} else {
		if err := f.journal.f.Truncate(f.journal.offset); err != nil {
			return err
		}
		if err := f.finish(); err != nil {
			return err
		}
	}
	sum, err := HashFile(f.name)
	if err != nil {
		return err
	}
	return writeMark(f.name+".done", mark{Settings: f.options.Settings, Articles: f.articles, Failed: failed, Sum: sum})
}

// isWhole reports whether NAME is exactly the verified pieces and an end.
func (f *file) isWhole() (bool, error) {
	f.before = f.journal.offset
	if _, more := f.entries(); more {
		f.journal.offset = f.before
		return false, nil
	}
	if f.old.Name() != f.name {
		return false, nil
	}
	rest, err := io.ReadAll(io.LimitReader(f.pieces, 1<<24))
	return string(rest) == string(f.joiner.end()), err
}

// finish ends NAME.part and gives it its name.
func (f *file) finish() error {
	_, err := f.buf.Write(f.joiner.end())
	if err := errors.Join(err, f.buf.Flush(), f.out.Sync(), f.out.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.name+partial, f.name); err != nil {
		return err
	}
	syncFolder(f.name)
	return nil
}
