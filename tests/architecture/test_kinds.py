"""What a box is by its name, and what is many without anybody saying so."""

import pytest

from sdtutor.architecture.kinds import is_many, kind_of, say_kinds
from sdtutor.architecture.language.reading import read_drawing


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("client", "client; User; browser; mobile app; app client; iOS app; users; web browser"),
        ("dns", "dns; Route53"),
        ("cdn", "CDN; CloudFront; edge cdn"),
        ("load_balancer", "lb; LB1; nginx; ALB; load balancer; HAProxy; L7 LB"),
        ("gateway", "API Gateway; gateway; websocket server; ApiGateway; chat gateway"),
        (
            "service",
            "app; api; user service; web server; matcher; cache service; Stripe adapter service; app1",
        ),
        ("worker", "worker; kafka consumer; transcoder; fanout worker; cron; email workers"),
        ("cache", "cache; redis; Memcached; timeline caches; redis cluster; session cache"),
        (
            "database",
            "db; Postgres; user db; DynamoDB; orders database; mysql primary; read replica; feed store",
        ),
        ("search_index", "Elasticsearch; search index; OpenSearch cluster"),
        ("queue", "queue; Kafka; SQS; event bus; topic; commit log; click stream; redis queue"),
        ("object_store", "s3; blob store; GCS bucket; object storage"),
        ("coordinator", "ZooKeeper; etcd"),
        ("external", "stripe; Twilio; APNs; payment provider; payment gateway; PSP"),
        ("monitor", "Prometheus; grafana; metrics; logs"),
    ],
)
def test_names_say_what_a_box_is(kind, names):
    assert [(name, kind_of(name)) for name in names.split("; ") if kind_of(name) != kind] == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("app -> cdn -> lb -> api -> db", "app", "client"),
        ("shop -> lb -> api", "shop", "client"),
        ("phone -> app -> lb", "app", "service"),
        ("origin -> cdn", "origin", "service"),
        ("app server -> lb -> db", "app server", "service"),
        ("app -> db", "app", "service"),
        ("app(kind=service) -> cdn", "app", "service"),
        ("client -> lb -> coordinator*3 -> store", "coordinator", "service"),
        ("client -> app -> coordinator", "coordinator", "coordinator"),
        ("client -> app -> zk(kind=coordination)", "zk", "coordinator"),
        ("client -> orders(kind=postgres)", "orders", "database"),
        ("client -> orders(kind=backend)", "orders", "service"),
    ],
)
def test_a_place_says_what_a_name_leaves_open(text, name, kind):
    drawing = read_drawing(text)
    assert drawing.boxes[name].kind == kind
    assert not drawing.mistakes


def test_a_kind_that_there_is_not_is_a_mistake():
    assert [each.message for each in read_drawing("a(kind=gizmo)").mistakes] == ["`kind` is not `gizmo`."]


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("s3", True),
        ("s3*1", False),
        ("DynamoDB", True),
        ("CosmosDB orders", True),
        ("BigQuery", True),
        ("sqs", True),
        ("client", True),
        ("cdn", True),
        ("alb", True),
        ("lb", False),
        ("api gateway", False),
        ("kafka", False),
        ("redis", False),
        ("postgres", False),
        ("postgres(managed)", True),
        ("postgres(managed)*1", False),
        ("app", False),
    ],
)
def test_managed_services_are_many_unless_one_is_stated(text, many):
    (box,) = read_drawing(text).boxes.values()
    assert is_many(box) is many


def test_kinds_are_said_with_their_articles():
    assert say_kinds(("cache", "external", "cdn")) == "a cache or an external service or a CDN"
