"""What a box is, by its name, and which boxes are many without anybody saying so.

The words are editorial: the names that people write on whiteboards, and products of 2026.
"""

import re
from functools import lru_cache

from sdtutor.architecture.records import Box
from sdtutor.core.systems import Kind

_PHRASES: dict[Kind, str] = {
    "client": "mobile app, client app, phone app, ios app, android app, desktop app, web client, end user",
    "load_balancer": "load balancer, reverse proxy",
    "gateway": "api gateway",
    "object_store": "object store, object storage, blob store, blob storage, file store, file storage,"
    " image store, photo store, video store, media store, data lake",
    "queue": "message bus, event bus, pub sub, dead letter, write ahead log, commit log, event log",
    "search_index": "search index, inverted index, full text",
    "external": "payment gateway, sms gateway, email gateway, push gateway, card network, third party,"
    " google maps, push notification service",
    "coordinator": "lock service, service registry, service discovery, config store",
    "service": "rate limiter, log service, search service",
    "monitor": "log store",
}
_WORDS: dict[Kind, str] = {
    "dns": "dns route53",
    "cdn": "cdn cloudfront fastly akamai cloudflare edge",
    "load_balancer": "lb loadbalancer balancer nginx haproxy alb elb nlb glb envoy traefik proxy",
    "gateway": "gateway gw apigateway apigw websocket websockets ws ingress waf firewall kong",
    "service": "service svc microservice lambda",
    "worker": "worker consumer job cron scheduler transcoder encoder fanout processor crawler fetcher indexer"
    " aggregator poller relay spark flink",
    "cache": "cache redis memcached memcache valkey hazelcast varnish elasticache",
    "database": "db database postgres postgresql pg mysql mariadb sqlite dynamodb dynamo cassandra scylla"
    " scylladb mongodb mongo cockroach cockroachdb spanner bigtable hbase rocksdb neo4j oracle aurora rds"
    " firestore cosmosdb vitess tidb yugabyte clickhouse druid pinot timescale timescaledb influxdb sql nosql"
    " rdbms store datastore warehouse bigquery snowflake redshift ledger replica standby shard keyvalue kv",
    "search_index": "search elasticsearch opensearch solr lucene elastic index",
    "queue": "queue kafka sqs sns rabbitmq rabbit topic stream log kinesis pubsub pulsar nats broker mq"
    " redpanda activemq bus eventbridge dlq",
    "object_store": "s3 blob blobs gcs minio storage hdfs bucket",
    "coordinator": "zookeeper zk etcd consul chubby coordinator coordination registry",
    "external": "stripe twilio apns fcm gcm psp provider sendgrid mailgun ses paypal adyen bank external visa"
    " okta auth0",
    "monitor": "prometheus grafana metrics logs monitoring monitor datadog alerting alertmanager tracing"
    " jaeger logging sentry",
}
_PEOPLE = (
    "client",
    "user",
    "browser",
    "mobile",
    "customer",
    "phone",
    "rider",
    "driver",
    "viewer",
    "guest",
    "buyer",
    "laptop",
    "tablet",
    "caller",
    "visitor",
    "shopper",
    "seller",
    "merchant",
    "passenger",
    "advertiser",
    "player",
    "admin",
    "operator",
)
"""Clients when they are the last word: the "user db" is no user."""

_STAFF = frozenset(("admin", "operator", "sales", "support", "staff", "ops", "backoffice", "marketing"))
"""Who uses a system in order to run it."""

_SERVERS = frozenset(("service", "server", "api", "backend", "origin", "node", "host", "engine", "app"))
"""Words for what runs on our side, which say no more than that."""

_BY_PHRASE: dict[str, Kind] = {p.strip(): k for k, phrases in _PHRASES.items() for p in phrases.split(",")}
_BY_WORD: dict[str, Kind] = {word: kind for kind, words in _WORDS.items() for word in words.split()}

_MANY: tuple[Kind, ...] = ("cdn", "dns", "object_store", "external", "client", "monitor")
_PRODUCTS = (
    "dynamodb dynamo s3 gcs sqs sns kinesis route53 cloudfront alb elb nlb glb spanner pubsub firestore"
    " bigtable cosmosdb eventbridge lambda bigquery snowflake ses"
)
_MANAGED = frozenset(_PRODUCTS.split())
"""Products that run in several places without anybody saying how many."""

_SAYINGS: dict[Kind, str] = {
    "dns": "a name server",
    "cdn": "a CDN",
    "object_store": "an object store",
    "external": "an external service",
}


def _words(name: str) -> list[str]:
    """Return the words of a name, in small letters: ``ApiGateway`` has two, ``CloudFront`` is one."""
    words: list[str] = []
    for word in re.split(r"[\W_]+", name):
        known = word.casefold() in _BY_WORD
        words += [word] if known else re.sub(r"(?<=[a-z]{2})(?=[A-Z])", " ", word).split()
    return [word.casefold() for word in words]


def _stems(word: str) -> tuple[str, ...]:
    """Return a word as it is, without the number of its copy, and without the s of its plural."""
    bare = word.rstrip("0123456789")
    return tuple(dict.fromkeys((word, bare, bare.removesuffix("s"), bare.removesuffix("es"))))


def _by_word(word: str) -> Kind | None:
    return next((_BY_WORD[stem] for stem in _stems(word) if stem in _BY_WORD), None)


def named_kind(word: str) -> Kind | None:
    """Return the kind that a word stands for: a kind of box, a product, "server"; None when it says nothing.

    >>> named_kind("rabbitmq"), named_kind("backend"), named_kind("thing")
    ('queue', 'service', None)
    """
    words = _words(word)
    says = any(_by_word(each) or each in _SERVERS for each in words)
    return kind_of(word) if says or kind_of(word) != "service" else None


def is_staff(name: str) -> bool:
    """Return whether a client is one of those who run the system, such as an admin."""
    return any(stem in _STAFF for word in _words(name) for stem in _stems(word))


@lru_cache(maxsize=1024)
def kind_of(name: str) -> Kind:
    """Return what a box of this name is.

    Two words that belong together decide first, then the last word that says something: a "kafka consumer"
    is a worker. A name that says nothing is a service.

    >>> kind_of("api gateway"), kind_of("Postgres"), kind_of("user service"), kind_of("timeline caches")
    ('gateway', 'database', 'service', 'cache')
    """
    words = _words(name)
    singular = [word.removesuffix("s") for word in words]
    for found in (words, singular):
        for length in (3, 2):
            if (kind := _BY_PHRASE.get(" ".join(found[-length:]))) is not None:
                return kind
    if words and any(stem in _PEOPLE for stem in _stems(words[-1])):
        return "client"
    return next((kind for word in reversed(words) if (kind := _by_word(word)) is not None), "service")


def is_many(box: Box) -> bool:
    """Return whether a box is run in several places although it is drawn once.

    A stated ``*1`` says that it is not.
    """
    if box.settings.get("single"):
        return False
    managed = bool(box.settings.get("managed")) or any(word in _MANAGED for word in _words(box.name))
    return managed or box.kind in _MANY


def say_kinds(kinds: tuple[Kind, ...]) -> str:
    """Return kinds with their articles, as a choice.

    >>> say_kinds(("database", "object_store"))
    'a database or an object store'
    """
    return " or ".join(_SAYINGS.get(kind, f"a {kind.replace('_', ' ')}") for kind in kinds)
