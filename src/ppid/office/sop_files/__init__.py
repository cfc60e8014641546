"""Files that hold an SOP sheet, read as the blocks that ppid.sop.transcription takes."""
