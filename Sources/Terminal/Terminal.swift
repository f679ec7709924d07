// The room is filled by its own files.
