"""Sessions: the bare film of a run and all numbers of its faces, in a folder; docs/sessions.md."""
