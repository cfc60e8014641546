"""The vault (brankas): soft copies sealed in the age format, in a folder or an S3 bucket.

    age.py       identities, recipients, and streams in the age format
    keyring.py   the file that holds a body's own identities
    streams.py   sizes and hashes of what passes; pushing turned into pulling
    storage.py   what a place for sealed files can do, and which one an address means
    folder.py    a folder                      s3.py  an S3-compatible bucket
    copies.py    seal, open, reseal, and verify one soft copy; survey them all
    memory.py    bytes without a name on any disk
    apart.py     let a process without network, keys or files do a job  cell.py  its inside
    landlock.py  how it gives them up                           seclusion.py  a job that looks round

A sealed file opens anywhere with the public `age` tool and the identity of one key holder:

    age -d -i identity.txt -o document.pdf 0b8f...age

What binds a sealed file to its document (age has no associated data) stands outside it: id,
version, sizes and hashes in the row and in the event log (docs/decisions/0120, 0136).
"""
