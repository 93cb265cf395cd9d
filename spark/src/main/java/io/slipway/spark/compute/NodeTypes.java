package io.slipway.spark.compute;

import io.slipway.kit.PlatformException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The node types on offer: the families that Databricks offers on AWS, with their EC2 figures. */
public final class NodeTypes {
    /** Families of the real service on AWS; metal and burstable types are not among them. */
    private static final Pattern OFFERED = Pattern.compile(
            "(m4|m5|m5a|m5d|m5n|m6g|m6gd|m6i|m6id|m7g|m7gd|m7i|r3|r4|r5|r5a|r5d|r5n|r6g|r6gd|r6i|r6id|r7g|r7gd|r7i"
                    + "|c4|c5|c5a|c5d|c5n|c6g|c6gd|c6i|c6id|c7g|c7gd|c7i|i2|i3|i3en|i4i|i4g|i7i|d3|d3en|z1d"
                    + "|g4dn|g5|g6|g6e|p3|p4d|p5)\\.\\d*x?large");

    /** In the EC2 catalogue, but too old for a cluster of today; selectors of clients step over them. */
    private static final Set<String> OLD = Set.of("m4", "c4", "r3", "i2", "r4");

    private final Map<String, NodeType> types;

    private NodeTypes(Map<String, NodeType> types) {
        this.types = types;
    }

    public static NodeTypes bundled() {
        try (InputStream in = NodeTypes.class.getResourceAsStream("/ec2-instance-types.csv")) {
            if (in == null) {
                throw new IllegalStateException("ec2-instance-types.csv is missing");
            }
            List<String> lines = new ArrayList<>();
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
            Map<String, NodeType> types = new TreeMap<>();
            for (String line : lines.subList(1, lines.size())) {
                List<String> f = List.of(line.split(",", -1));
                if (OFFERED.matcher(f.get(0)).matches()) {
                    NodeType type = parse(f);
                    types.put(type.id(), type);
                }
            }
            return new NodeTypes(Collections.unmodifiableMap(types));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NodeType parse(List<String> f) {
        String id = f.get(0);
        boolean current = f.get(4).equals("True") && !OLD.contains(id.substring(0, id.indexOf('.')));
        return new NodeType(
                id,
                Integer.parseInt(f.get(1)),
                Integer.parseInt(f.get(2)),
                f.get(3),
                current,
                Integer.parseInt(f.get(7)),
                Integer.parseInt(f.get(9)),
                Integer.parseInt(f.get(10)),
                f.get(11).equals("required"),
                f.get(12).equals("True"),
                f.get(14).equals("True"));
    }

    public Collection<NodeType> all() {
        return types.values();
    }

    public Optional<NodeType> find(String id) {
        return Optional.ofNullable(types.get(id));
    }

    /** Throws INVALID_PARAMETER_VALUE for a type that is not on offer. */
    public NodeType get(String id) {
        return find(id).orElseThrow(() -> PlatformException.invalid(
                "Node type " + id + " is not supported. Supported node types: use clusters/list-node-types."));
    }
}
