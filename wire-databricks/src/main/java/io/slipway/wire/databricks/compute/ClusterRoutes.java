package io.slipway.wire.databricks.compute;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.runtime.RuntimeLines;
import io.slipway.spark.compute.ClusterFilter;
import io.slipway.spark.compute.ClusterSpec;
import io.slipway.spark.compute.ClusterState;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.compute.NodeTypes;
import io.slipway.store.Described;
import io.slipway.store.FactFilter;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import io.slipway.wire.databricks.Paging;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Clusters API 2.0 and 2.1: the same bodies under both, but only 2.1 pages its list. */
public final class ClusterRoutes {
    private static final int DEFAULT_EVENTS = 50;
    private static final int MOST_EVENTS = 500;

    /** Zones of the region that the seed names; a local machine is in all of them. */
    private static final List<String> ZONES = List.of("ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c");

    private final Clusters clusters;
    private final NodeTypes nodeTypes;
    private final RuntimeLines runtimes;
    private final ClusterJson json;

    public ClusterRoutes(Clusters clusters, NodeTypes nodeTypes, RuntimeLines runtimes) {
        this.clusters = clusters;
        this.nodeTypes = nodeTypes;
        this.runtimes = runtimes;
        this.json = new ClusterJson(nodeTypes);
    }

    public void add(DatabricksApi api) {
        api.family(DatabricksDialect.MISSING_IS_INVALID, "/api/2.0/clusters", "/api/2.1/clusters")
                .post("/create", this::create)
                .get("/get", this::get)
                .post("/edit", this::edit)
                .post("/start", this::start)
                .post("/restart", this::restart)
                .post("/delete", this::delete)
                .post("/permanent-delete", this::permanentDelete)
                .post("/resize", this::resize)
                .post("/pin", request -> pin(request, true))
                .post("/unpin", request -> pin(request, false))
                .post("/events", this::events)
                .get("/spark-versions", request -> Map.of("versions", runtimes.versions()))
                .get("/list-node-types", this::nodeTypes)
                .get("/list-zones", request -> Map.of("zones", ZONES, "default_zone", ZONES.get(0)));
        api.family(DatabricksDialect.MISSING_IS_INVALID, "/api/2.0/clusters").get("/list", this::listAll);
        api.family(DatabricksDialect.MISSING_IS_INVALID, "/api/2.1/clusters").get("/list", this::listPage);
    }

    record Id(Optional<String> clusterId) {
        static String of(Request request) {
            return Request.require(request.body(Id.class).clusterId(), "cluster_id");
        }
    }

    record Created(String clusterId) {}

    record Repeatable(Optional<String> idempotencyToken) {}

    private Object create(Request request) {
        ObjectNode tree = request.tree();
        Optional<String> token =
                Request.bind(tree, Repeatable.class).idempotencyToken().filter(text -> !text.isEmpty());
        Described<ClusterSpec> wanted = ClusterRequest.read(tree);
        return new Created(clusters.create(request.caller(), wanted, "API", Optional.empty(), token)
                .id());
    }

    private Object get(Request request) {
        String id = Request.require(request.query(Id.class).clusterId(), "cluster_id");
        return json.withSpec(clusters.details(request.caller(), id));
    }

    private Object edit(Request request) {
        String id = Id.of(request);
        clusters.edit(request.caller(), id, ClusterRequest.read(request.tree()));
        return Request.nothing();
    }

    private Object start(Request request) {
        clusters.start(request.caller(), Id.of(request));
        return Request.nothing();
    }

    private Object restart(Request request) {
        clusters.restart(request.caller(), Id.of(request));
        return Request.nothing();
    }

    private Object delete(Request request) {
        clusters.terminate(request.caller(), Id.of(request));
        return Request.nothing();
    }

    private Object permanentDelete(Request request) {
        clusters.deleteForGood(request.caller(), Id.of(request));
        return Request.nothing();
    }

    record Resize(
            Optional<String> clusterId, Optional<Integer> numWorkers, Optional<ClusterRequest.Autoscale> autoscale) {}

    private Object resize(Request request) {
        Resize asked = request.body(Resize.class);
        clusters.resize(
                request.caller(),
                Request.require(asked.clusterId(), "cluster_id"),
                asked.numWorkers(),
                asked.autoscale()
                        .map(auto -> new ClusterSpec.Autoscale(
                                Request.require(auto.minWorkers(), "autoscale.min_workers"),
                                Request.require(auto.maxWorkers(), "autoscale.max_workers"))));
        return Request.nothing();
    }

    private Object pin(Request request, boolean pinned) {
        clusters.pin(request.caller(), Id.of(request), pinned);
        return Request.nothing();
    }

    private Object listAll(Request request) {
        return Map.of(
                "clusters",
                clusters
                        .list(request.caller(), ClusterFilter.ALL, ClusterFilter.Sort.NEWEST, PageWanted.ALL)
                        .items()
                        .stream()
                        .map(json::details)
                        .toList());
    }

    enum Source {
        API,
        JOB,
        MODELS,
        PIPELINE,
        PIPELINE_MAINTENANCE,
        SQL,
        UI
    }

    record Filter(
            List<Source> clusterSources,
            List<ClusterState> clusterStates,
            Optional<Boolean> isPinned,
            Optional<String> policyId) {}

    enum SortField {
        CLUSTER_NAME,
        DEFAULT
    }

    enum Direction {
        ASC,
        DESC
    }

    record Sort(Optional<SortField> field, Optional<Direction> direction) {}

    record ListPage(
            Optional<Integer> pageSize, Optional<String> pageToken, Optional<Filter> filterBy, Optional<Sort> sortBy) {}

    record ClusterPage(List<ObjectNode> clusters, String nextPageToken, String prevPageToken) {}

    private Object listPage(Request request) {
        ListPage asked = request.query(ListPage.class);
        PageWanted wanted = PageWanted.at(
                asked.pageToken().orElse(""), Paging.size(asked.pageSize().orElse(0), 20, 100, "page_size"));
        boolean ofPolicy = asked.filterBy().flatMap(Filter::policyId).isPresent();
        // No cluster has a policy here.
        Page<ObjectNode> page = ofPolicy
                ? Page.whole(List.of())
                : clusters.list(
                                request.caller(),
                                asked.filterBy().map(ClusterRoutes::wanted).orElse(ClusterFilter.ALL),
                                asked.sortBy().map(ClusterRoutes::wanted).orElse(ClusterFilter.Sort.NEWEST),
                                wanted)
                        .map(json::details);
        return new ClusterPage(page.items(), page.next(), page.previous());
    }

    private static ClusterFilter wanted(Filter filter) {
        return new ClusterFilter(
                Set.copyOf(filter.clusterStates()),
                filter.clusterSources().stream().map(Source::name).collect(Collectors.toSet()),
                filter.isPinned());
    }

    private static ClusterFilter.Sort wanted(Sort sort) {
        boolean down = sort.direction().orElse(Direction.ASC) == Direction.DESC;
        return switch (sort.field().orElse(SortField.DEFAULT)) {
            case CLUSTER_NAME -> down ? ClusterFilter.Sort.NAME_BACKWARD : ClusterFilter.Sort.NAME;
            case DEFAULT -> down ? ClusterFilter.Sort.OLDEST : ClusterFilter.Sort.NEWEST;
        };
    }

    enum Order {
        ASC,
        DESC
    }

    record EventsRequest(
            Optional<String> clusterId,
            Optional<Long> startTime,
            Optional<Long> endTime,
            Optional<Order> order,
            List<EventType> eventTypes,
            Optional<Integer> offset,
            Optional<Integer> limit,
            Optional<Integer> pageSize,
            Optional<String> pageToken) {}

    record NextPage(String clusterId, int offset, int limit, Optional<String> order) {}

    record EventsPage(
            List<ObjectNode> events,
            long totalCount,
            Optional<NextPage> nextPage,
            String nextPageToken,
            String prevPageToken) {}

    private Object events(Request request) {
        EventsRequest asked = request.body(EventsRequest.class);
        String id = Request.require(asked.clusterId(), "cluster_id");
        FactFilter filter = new FactFilter(
                asked.eventTypes().stream().map(EventType::name).collect(Collectors.toSet()),
                asked.startTime(),
                asked.endTime());
        int size = Paging.size(asked.pageSize().or(asked::limit).orElse(0), DEFAULT_EVENTS, MOST_EVENTS, "limit");
        Clusters.Events events = clusters.events(
                request.caller(),
                id,
                filter,
                asked.order().orElse(Order.DESC) == Order.ASC,
                Paging.wanted(asked.pageToken(), asked.offset(), size));
        Page<Clusters.Happened> page = events.page();
        int next = asked.offset().orElse(0) + size;
        return new EventsPage(
                page.items().stream().map(each -> ClusterJson.event(id, each)).toList(),
                events.total(),
                page.next().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new NextPage(id, next, size, asked.order().map(Enum::name))),
                page.next(),
                page.previous());
    }

    private Object nodeTypes(Request request) {
        return Map.of(
                "node_types",
                nodeTypes.all().stream().map(ClusterJson::nodeType).toList());
    }
}
