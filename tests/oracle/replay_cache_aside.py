"""Cache-aside over fakes that log their calls and fail on demand."""

from collections import Counter

import javascript
import virtual_time

from sdtutor.core.ports import PeerError
from sdtutor.reference.caching import cache_aside as reference_code
from sdtutor.textbook.caching import cache_aside as textbook_code


class Fakes:
    """The cache and the database of one case.

    Calls fail by name and number. What the reference does beyond the seed has a name of its own:
    "cache.claim" places a lease, "cache.fill" replaces it.
    """

    def __init__(self, given):
        self.cache_rows = dict(given.get("cache", {}))
        self.rows = dict(given.get("db", {}))
        self.fail = {tuple(item) for item in given.get("fail", ())}
        self.made = Counter()
        self.calls = []
        self.cache, self.database = Cache(self), Database(self)

    def note(self, operation, *arguments):
        self.calls.append([operation, *arguments])
        self.made[operation] += 1
        if (operation, self.made[operation]) in self.fail:
            raise PeerError(f"{operation} failed")


class Cache:
    def __init__(self, fakes):
        self.fakes = fakes

    async def get(self, key):
        self.fakes.note("cache.get", key)
        return self.fakes.cache_rows.get(key)

    async def set(self, key, value, *, ttl=None, only_if_absent=False):
        if only_if_absent:
            self.fakes.note("cache.claim", key)
            if self.fakes.cache_rows.get(key) is not None:
                return False
        else:
            self.fakes.note("cache.set", key, value, {"ttl": ttl})
        self.fakes.cache_rows[key] = value
        return True

    async def delete(self, key):
        self.fakes.note("cache.delete", key)
        return self.fakes.cache_rows.pop(key, None) is not None

    async def compare_and_set(self, key, expected, value, *, ttl=None):
        self.fakes.note("cache.fill", key)
        if self.fakes.cache_rows.get(key) != expected:
            return False
        self.fakes.cache_rows[key] = value
        return True


class Database:
    def __init__(self, fakes):
        self.fakes = fakes

    async def get(self, key):
        self.fakes.note("db.get", key)
        return self.fakes.rows.get(key)

    async def put(self, key, row):
        self.fakes.note("db.set", key, row)
        self.fakes.rows[key] = row


async def play(code, given, fakes):
    """Return a result for each get and set of the script."""
    system, results = code.CacheAside(fakes.cache, fakes.database), []
    for operation, key, *value in given["script"]:
        if operation == "evict":
            fakes.cache_rows.pop(key, None)
        elif operation == "db_put":
            fakes.rows[key] = value[0]
        else:
            try:
                results.append({"ok": await getattr(system, operation)(key, *value)})
            except PeerError as error:
                results.append({"error": {"type": javascript.error_name(error), "message": str(error)}})
    return results


def textbook(given):
    fakes = Fakes(given)
    results = virtual_time.run(play(textbook_code, given, fakes))
    return {"results": results, "calls": fakes.calls, "cache": fakes.cache_rows, "db": fakes.rows}


def reference(given):
    fakes = Fakes(given)
    return {"results": virtual_time.run(play(reference_code, given, fakes)), "db": fakes.rows}


def observable(expected):
    return {"results": expected["results"], "db": expected["db"]}


ABSENT, CLAIMED = ("absent",), ("claimed",)


class Model:
    """What a sequential script sees of a cache whose failures cost time, never an answer.

    The cache holds values, ABSENT for a row that was looked for, or CLAIMED after a load that failed.
    """

    def __init__(self, given):
        self.cache, self.db = dict(given.get("cache", {})), dict(given.get("db", {}))
        self.fail = {tuple(item) for item in given.get("fail", ())}
        self.made = Counter()

    def fails(self, operation):
        self.made[operation] += 1
        return (operation, self.made[operation]) in self.fail

    def get(self, key):
        found = None if self.fails("cache.get") else self.cache.get(key)
        if found not in (None, ABSENT, CLAIMED):
            return {"ok": found}
        if found == ABSENT:
            return {"ok": None}
        mine = self.cache.get(key) is None
        if mine:
            self.cache[key] = CLAIMED
        if self.fails("db.get"):
            return failed("db.get")
        row = self.db.get(key)
        if mine:
            self.cache[key] = ABSENT if row is None else row
        return {"ok": row}

    def set(self, key, value):
        if self.fails("db.set"):
            return failed("db.set")
        self.db[key] = value
        if not all(self.fails("cache.delete") for _ in range(3)):
            self.evict(key)
        return {"ok": None}

    def evict(self, key):
        self.cache.pop(key, None)

    def db_put(self, key, value):
        self.db[key] = value


def failed(operation):
    return {"error": {"type": "Error", "message": f"{operation} failed"}}


def right(given):
    model = Model(given)
    results = [getattr(model, operation)(*arguments) for operation, *arguments in given["script"]]
    return {"results": [result for result in results if result is not None], "db": model.db}


def defect(case):
    operations = {operation for operation, _ in case["input"].get("fail", ())}
    if "cache.delete" in operations:
        return "ca-set-partial"
    if operations & {"cache.get", "cache.set"}:
        return "own: a cache that fails must not fail a read"
    return "ca-penetration"


def holds(given, outcome):
    """Only the database can fail a call, and a key that was written and read again is fresh."""
    errors = [result["error"]["message"] for result in outcome["results"] if "error" in result]
    assert set(errors) <= {"db.get failed", "db.set failed"}
    calm = {**given, "fail": [], "script": [*given["script"], ["set", "k", "v"], ["get", "k"]]}
    assert reference(calm)["results"][-1] == {"ok": "v"}
