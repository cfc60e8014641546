"""Whether an answer will be a file of the static site, where no address has a query.

`ppid publish --static` asks the same views as the web server does, and says so in the request; a
page then leads to the addresses without a query that the live site knows as well, and says what
files cannot do. No header of a stranger can say it: those begin with HTTP_.
"""

from django.http import HttpRequest

MARK = "ppid.file"


def is_file(request: HttpRequest) -> bool:
    """Return whether the answer to this request will be kept as a file."""
    return MARK in request.META
