"""Who is served at once: a page in turn but never behind a slow one, downloads only so many."""

import gc
from threading import Event, Thread

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from ppid.public import turns
from ppid.public.turns import FewDownloads, InTurn


@pytest.fixture
def places(monkeypatch):
    """Two downloads at once."""
    monkeypatch.setattr(turns, "MOST_DOWNLOADS", 2)


def streamed(request):
    return StreamingHttpResponse(iter([b"satu", b"dua"]))


def test_a_page_that_takes_long_holds_up_no_other():
    begun, ended = Event(), Event()

    def application(environment, start_response):
        if environment == "slow":
            begun.set()
            ended.wait()
        return [environment]

    site = InTurn(application)
    slow = Thread(target=site, args=("slow", None))
    slow.start()
    begun.wait()

    assert site("quick", None) == ["quick"]
    assert slow.is_alive()

    ended.set()
    slow.join()


def test_a_page_is_made_while_no_other_is(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 600)
    inside, most = [], []

    def application(environment, start_response):
        inside.append(environment)
        most.append(len(inside))
        Event().wait(0.001)  # lets the others in, if they may
        inside.remove(environment)
        return []

    site = InTurn(application)
    threads = [Thread(target=site, args=(number, None)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == [1] * 8


def test_a_fault_gives_the_turn_back(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 600)
    faults = [RuntimeError("rusak"), None]

    def application(environment, start_response):
        if fault := faults.pop(0):
            raise fault
        return ["ya"]

    site = InTurn(application)
    with pytest.raises(RuntimeError):
        site(None, None)

    assert site(None, None) == ["ya"]


def test_one_download_too_many_is_told_when_to_ask_again(places, rf):
    site = FewDownloads(streamed)
    under_way = [site(rf.get("/")), site(rf.get("/"))]

    refused = site(rf.get("/"))

    assert [one.status_code for one in under_way] == [200, 200]
    assert refused.status_code == 503
    assert refused["Retry-After"] == "30"
    assert [b"".join(one) for one in under_way] == [b"satudua"] * 2


@pytest.mark.parametrize("ends", ["closed", "forgotten", "sent and closed"])
def test_a_download_that_has_ended_gives_its_place_back(places, rf, ends):
    site = FewDownloads(streamed)
    for _ in range(5):
        response = site(rf.get("/"))
        assert response.status_code == 200
        if ends.startswith("sent"):
            assert b"".join(response) == b"satudua"
        if ends.endswith("closed"):
            for close in response._resource_closers:  # close() itself looks at the database too
                close()
        del response
        gc.collect()


def test_while_downloads_stand_still_pages_are_made(places, rf):
    site = FewDownloads(lambda request: streamed(request) if request.GET else HttpResponse("ya"))
    under_way = [site(rf.get("/?berkas")), site(rf.get("/?berkas"))]
    first = [next(iter(one)) for one in under_way]

    assert first == [b"satu", b"satu"]
    assert site(rf.get("/")).content == b"ya"
