import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// Judges what kustomize rendered: `Manifests REPOSITORY RENDERED`, where RENDERED holds `base.yaml`, `dev.yaml` and
/// `prod.yaml`
/// and gets `alerts.rules.yaml`, the alert rules as promtool reads them. Run by deploy/check, with SnakeYAML on the
/// class path.
///
/// It asks what a cluster would not tell before it is too late: a container without a limit, a secret that nobody
/// documented, a
/// selector that selects nothing, an alert on a figure that no service exports. Exits 1 with one line per fault.
final class Manifests {

    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "Job");
    private static final int PARTITIONS = 12;

    /// What Micrometer puts behind the name of a gauge, a counter, a timer and a summary.
    private static final List<String> ENDINGS = List.of(
            "", "_total", "_seconds", "_seconds_sum", "_seconds_count", "_seconds_max", "_sum", "_count", "_max");

    private final Path repository;
    private final List<String> handbook;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Integer> checked = new TreeMap<>();

    private Manifests(Path repository) throws IOException {
        this.repository = repository;
        this.handbook = Files.readAllLines(repository.resolve("deploy/README.md"));
    }

    public static void main(String[] arguments) throws IOException {
        Manifests check = new Manifests(Path.of(arguments[0]));
        Path rendered = Path.of(arguments[1]);
        for (String name : List.of("base", "dev", "prod")) {
            check.manifests(name, documents(rendered.resolve(name + ".yaml")));
        }
        check.alerts(documents(rendered.resolve("prod.yaml")), rendered.resolve("alerts.rules.yaml"));
        check.compose();
        check.containerFiles();
        check.checked.forEach((what, count) -> System.out.printf("  %4d  %s%n", count, what));
        check.faults.forEach(fault -> System.err.println("deploy/check: " + fault));
        System.exit(check.faults.isEmpty() ? 0 : 1);
    }

    // --- reading -----------------------------------------------------------------------------------------------------

    private static List<Node> documents(Path file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<Node> all = new ArrayList<>();
        new Yaml(new SafeConstructor(options))
                .loadAll(Files.readString(file))
                .forEach(document -> all.add(new Node(document)));
        return all;
    }

    /// A place in a document; what is not there is a place too, and empty.
    private record Node(Object value) {

        Node at(String... path) {
            Object here = value;
            for (String step : path) {
                here = here instanceof Map<?, ?> map ? map.get(step) : null;
            }
            return new Node(here);
        }

        boolean exists() {
            return value != null;
        }

        boolean is(Object expected) {
            return Objects.equals(value, expected);
        }

        String text() {
            return value == null ? "" : value.toString();
        }

        int number() {
            return value instanceof Number number ? number.intValue() : -1;
        }

        List<Node> items() {
            return value instanceof List<?> list ? list.stream().map(Node::new).toList() : List.of();
        }

        Map<String, Node> entries() {
            Map<String, Node> all = new LinkedHashMap<>();
            if (value instanceof Map<?, ?> map) {
                map.forEach((key, entry) -> all.put(key.toString(), new Node(entry)));
            }
            return all;
        }

        String kind() {
            return at("kind").text();
        }

        String name() {
            return at("metadata", "name").text();
        }

        Node pod() {
            return at("spec", "template", "spec");
        }

        Map<String, Node> podLabels() {
            return at("spec", "template", "metadata", "labels").entries();
        }

        List<Node> containers() {
            return Stream.concat(pod().at("initContainers").items().stream(), pod().at("containers").items().stream())
                    .toList();
        }

        /// Whether this selector (matchLabels and matchExpressions with In) selects the labels.
        boolean selects(Map<String, Node> labels) {
            boolean byLabel = at("matchLabels").entries().entrySet().stream()
                    .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())));
            return byLabel
                    && at("matchExpressions").items().stream().allMatch(expression -> {
                        Node label = labels.get(expression.at("key").text());
                        return expression.at("operator").is("In")
                                && label != null
                                && expression.at("values").items().contains(label);
                    });
        }
    }

    private void require(boolean holds, String fault, Object... words) {
        if (!holds) {
            faults.add(fault.formatted(words));
        }
    }

    private void count(String what) {
        checked.merge(what, 1, Integer::sum);
    }

    // --- the manifests -----------------------------------------------------------------------------------------------

    private void manifests(String where, List<Node> all) {
        boolean dev = where.equals("dev");
        List<Node> workloads =
                all.stream().filter(node -> WORKLOADS.contains(node.kind())).toList();
        List<Node> deployments = ofKind(all, "Deployment");
        require(deployments.size() == 6, "%s: %d Deployments, not 6", where, deployments.size());
        for (Node workload : workloads) {
            String here = where + "/" + workload.kind() + "/" + workload.name();
            pod(here, workload, all);
            for (Node container : workload.containers()) {
                container(here + "/" + container.at("name").text(), workload, container, where.equals("base"));
            }
            references(here, workload, all, where.equals("base"));
            guarded(here, workload, all);
        }
        deployments.forEach(deployment -> deployment(where, deployment, all, dev));
        ofKind(all, "StatefulSet").forEach(set -> served(where + "/StatefulSet/" + set.name(), set, all));
        all.stream()
                .filter(node -> node.kind().equals("Secret"))
                .forEach(secret -> require(
                        false, "%s: a Secret is rendered, %s: secrets are made elsewhere", where, secret.name()));
        ofKind(all, "ConfigMap").forEach(map -> noSecretIn(where, map));
        ofKind(all, "Ingress").forEach(ingress -> ingress(where, ingress, all));
        networkPolicies(where, all, workloads);
        monitors(where, all, deployments);
        if (!where.equals("base")) {
            require(
                    all.stream()
                            .allMatch(node -> node.kind().equals("Namespace")
                                    || node.at("metadata", "namespace").exists()),
                    "%s: something is in no namespace",
                    where);
        }
    }

    private static List<Node> ofKind(List<Node> all, String kind) {
        return all.stream().filter(node -> node.kind().equals(kind)).toList();
    }

    private void pod(String here, Node workload, List<Node> all) {
        Node pod = workload.pod();
        Node security = pod.at("securityContext");
        require(pod.at("automountServiceAccountToken").is(false), "%s mounts a service account's token", here);
        require(pod.at("enableServiceLinks").is(false), "%s gets the variables of service links", here);
        require(security.at("runAsNonRoot").is(true), "%s may run as root", here);
        require(security.at("runAsUser").number() > 0, "%s names no user by number", here);
        require(security.at("seccompProfile", "type").is("RuntimeDefault"), "%s has no seccomp profile", here);
        for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
            require(!pod.at(host).exists(), "%s uses %s", here, host);
        }
        require(
                pod.at("volumes").items().stream()
                        .noneMatch(volume -> volume.at("hostPath").exists()),
                "%s mounts the host",
                here);
        require(
                ofKind(all, "ServiceAccount").stream()
                        .anyMatch(account -> pod.at("serviceAccountName").is(account.name())),
                "%s has no service account of its own",
                here);
        require(pod.at("containers").items().size() > 0, "%s has no container", here);
        if (workload.kind().equals("Job")) {
            require(
                    pod.at("restartPolicy").is("Never")
                            || pod.at("restartPolicy").is("OnFailure"),
                    "%s restarts for ever",
                    here);
            require(workload.at("spec", "activeDeadlineSeconds").number() > 0, "%s has no deadline", here);
        } else {
            require(
                    workload.at("spec", "selector").selects(workload.podLabels())
                            && !workload.at("spec", "selector", "matchLabels")
                                    .entries()
                                    .isEmpty(),
                    "%s does not select its own pods",
                    here);
        }
        count("pods: user, seccomp, token, service account, host");
    }

    private void container(String here, Node workload, Node container, boolean base) {
        Node security = container.at("securityContext");
        require(security.at("readOnlyRootFilesystem").is(true), "%s writes to its root file system", here);
        require(security.at("allowPrivilegeEscalation").is(false), "%s may gain privileges", here);
        require(!security.at("privileged").is(true), "%s is privileged", here);
        require(security.at("capabilities", "drop").items().contains(new Node("ALL")), "%s keeps capabilities", here);
        require(security.at("capabilities", "add").items().isEmpty(), "%s adds capabilities", here);
        for (String amount : List.of("requests", "limits")) {
            for (String resource : List.of("cpu", "memory")) {
                require(
                        container.at("resources", amount, resource).exists(),
                        "%s has no %s of %s",
                        here,
                        amount,
                        resource);
            }
        }
        String image = container.at("image").text();
        String tag = image.contains(":") ? image.substring(image.lastIndexOf(':') + 1) : "";
        require(
                !tag.isEmpty() && !tag.contains("/") && !tag.equals("latest"),
                "%s: the image %s is not pinned",
                here,
                image);
        require(base || !tag.equals("unset"), "%s: the overlay gives the image %s no tag", here, image);
        if (!workload.kind().equals("Job")) {
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                require(container.at(probe).exists(), "%s has no %s", here, probe);
                for (String way : List.of("httpGet", "tcpSocket")) {
                    Node port = container.at(probe, way, "port");
                    require(
                            !port.exists() || hasPort(container, port),
                            "%s: %s asks port %s, which is none of it",
                            here,
                            probe,
                            port.text());
                }
            }
        }
        Set<String> volumes = names(workload.pod().at("volumes"));
        workload.at("spec", "volumeClaimTemplates").items().forEach(claim -> volumes.add(claim.name()));
        container
                .at("volumeMounts")
                .items()
                .forEach(mount -> require(
                        volumes.contains(mount.at("name").text()),
                        "%s mounts %s, which is no volume",
                        here,
                        mount.at("name").text()));
        require(
                container.at("volumeMounts").items().stream()
                        .anyMatch(mount -> mount.at("mountPath").is("/tmp")),
                "%s has no /tmp to write to",
                here);
        count("containers: probes, limits, non-root, read-only root, capabilities, pinned image");
    }

    private static Set<String> names(Node list) {
        return list.items().stream().map(item -> item.at("name").text()).collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean hasPort(Node container, Node port) {
        return container.at("ports").items().stream()
                .anyMatch(own ->
                        own.at("name").equals(port) || own.at("containerPort").equals(port));
    }

    private void deployment(String where, Node deployment, List<Node> all, boolean dev) {
        String here = where + "/" + deployment.name();
        Map<String, Node> labels = deployment.podLabels();
        require(
                ofKind(all, "PodDisruptionBudget").stream()
                                .filter(budget -> budget.at("spec", "selector").selects(labels))
                                .count()
                        == 1,
                "%s has not one disruption budget",
                here);
        List<Node> scalers = ofKind(all, "HorizontalPodAutoscaler").stream()
                .filter(scaler -> scaler.at("spec", "scaleTargetRef", "name").is(deployment.name()))
                .toList();
        require(scalers.size() == (dev ? 0 : 1), "%s has %d autoscalers", here, scalers.size());
        for (Node scaler : scalers) {
            require(scaler.at("apiVersion").is("autoscaling/v2"), "%s: the autoscaler is of an old kind", here);
            require(scaler.at("spec", "minReplicas").number() >= 2, "%s may have fewer than 2 replicas", here);
            require(
                    scaler.at("spec", "maxReplicas").number() <= PARTITIONS,
                    "%s may have more replicas than a topic has partitions",
                    here);
            require(
                    scaler.at("spec", "behavior", "scaleDown", "stabilizationWindowSeconds")
                                    .number()
                            > 0,
                    "%s has no stabilisation window",
                    here);
        }
        Set<String> keys = new TreeSet<>();
        for (Node spread : deployment.pod().at("topologySpreadConstraints").items()) {
            require(spread.at("labelSelector").selects(labels), "%s spreads what is not itself", here);
            keys.add(spread.at("topologyKey").text());
        }
        require(
                keys.containsAll(Set.of("topology.kubernetes.io/zone", "kubernetes.io/hostname")),
                "%s is not spread over zones and hosts",
                here);
        require(
                deployment
                                .at("spec", "strategy", "rollingUpdate", "maxUnavailable")
                                .number()
                        == 0,
                "%s gives up a replica before it has the next",
                here);
        served(where + "/Deployment/" + deployment.name(), deployment, all);
        stops(here, deployment);
        migrated(here, deployment, all);
        count("Deployments: disruption budget, autoscaler, spread, rolling update, shutdown, migration");
    }

    /// A Service selects the pods of one workload and of no other, and its port is one of theirs.
    private void served(String here, Node workload, List<Node> all) {
        List<Node> services = ofKind(all, "Service").stream()
                .filter(service -> serves(service, workload))
                .toList();
        require(services.size() == 1, "%s is behind %d Services", here, services.size());
        for (Node service : services) {
            require(
                    all.stream()
                                    .filter(node -> WORKLOADS.contains(node.kind()))
                                    .filter(other -> serves(service, other))
                                    .count()
                            == 1,
                    "%s: its Service leads to other pods too",
                    here);
            for (Node port : service.at("spec", "ports").items()) {
                require(
                        workload.containers().stream().anyMatch(container -> hasPort(container, port.at("targetPort"))),
                        "%s: the Service's port %s is none of the pod's",
                        here,
                        port.at("targetPort").text());
            }
        }
        count("Services: selector, port");
    }

    private static boolean serves(Node service, Node workload) {
        Map<String, Node> selector = service.at("spec", "selector").entries();
        return !selector.isEmpty()
                && selector.entrySet().stream()
                        .allMatch(wanted ->
                                wanted.getValue().equals(workload.podLabels().get(wanted.getKey())));
    }

    /// The pod lives long enough for Quarkus to finish what it has begun.
    private void stops(String here, Node deployment) {
        Properties defaults = new Properties();
        try (var in = Files.newBufferedReader(
                repository.resolve("platform/kit/src/main/resources/META-INF/microprofile-config.properties"), UTF_8)) {
            defaults.load(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        int shutdown = Integer.parseInt(
                defaults.getProperty("quarkus.shutdown.timeout").replace("s", ""));
        int sleep = deployment
                .containers()
                .getFirst()
                .at("lifecycle", "preStop", "sleep", "seconds")
                .number();
        int grace = deployment.pod().at("terminationGracePeriodSeconds").number();
        require(sleep > 0, "%s leaves before the proxies know", here);
        require(grace >= sleep + 2 * shutdown, "%s is killed after %d s, while it may still be stopping", here, grace);
    }

    private void migrated(String here, Node deployment, List<Node> all) {
        Node container = deployment.containers().getFirst();
        List<Node> migrations = ofKind(all, "Job").stream()
                .filter(job -> job.containers().getFirst().at("image").equals(container.at("image")))
                .toList();
        require(migrations.size() == 1, "%s has %d migrations of its image", here, migrations.size());
        for (Node job : migrations) {
            Node other = job.containers().getFirst();
            require(
                    other.at("envFrom").equals(container.at("envFrom")),
                    "%s is migrated with other settings than its own",
                    here);
            Set<String> variables = names(other.at("env"));
            require(
                    variables.containsAll(Set.of("QUARKUS_INIT_AND_EXIT", "QUARKUS_FLYWAY_MIGRATE_AT_START")),
                    "%s: its migration does not migrate",
                    here);
        }
        require(!names(container.at("env")).contains("QUARKUS_FLYWAY_MIGRATE_AT_START"), "%s migrates at start", here);
    }

    // --- references
    // ----------------------------------------------------------------------------------------------------

    private void references(String here, Node workload, List<Node> all, boolean base) {
        Map<String, String> variables = new TreeMap<>();
        for (Node container : workload.containers()) {
            for (Node source : container.at("envFrom").items()) {
                if (source.at("configMapRef").exists()) {
                    configMap(here, all, source.at("configMapRef", "name").text())
                            .at("data")
                            .entries()
                            .forEach((key, value) -> variables.put(key, value.text()));
                }
                secret(here, source.at("secretRef", "name"), new Node(null));
            }
            for (Node variable : container.at("env").items()) {
                variables.put(variable.at("name").text(), variable.at("value").text());
                Node key = variable.at("valueFrom", "secretKeyRef");
                secret(here, key.at("name"), key.at("key"));
            }
        }
        for (Node volume : workload.pod().at("volumes").items()) {
            mounted(here, all, volume.at("configMap"), volume.at("configMap", "name"));
            volume.at("secret", "items")
                    .items()
                    .forEach(item -> secret(here, volume.at("secret", "secretName"), item.at("key")));
            if (volume.at("secret", "items").items().isEmpty()) {
                secret(here, volume.at("secret", "secretName"), new Node(null));
            }
            for (Node source : volume.at("projected", "sources").items()) {
                mounted(here, all, source.at("configMap"), source.at("configMap", "name"));
                source.at("secret", "items")
                        .items()
                        .forEach(item -> secret(here, source.at("secret", "name"), item.at("key")));
            }
        }
        Matcher used = Pattern.compile("\\$\\{([A-Z_]+)(:)?").matcher(String.join("\n", variables.values()));
        while (!base && used.find()) {
            require(
                    used.group(2) != null || variables.containsKey(used.group(1)),
                    "%s: %s is nowhere set",
                    here,
                    used.group(1));
            count("variables used in settings");
        }
    }

    private Node configMap(String here, List<Node> all, String name) {
        List<Node> found = ofKind(all, "ConfigMap").stream()
                .filter(map -> map.name().equals(name))
                .toList();
        require(found.size() == 1, "%s: there is no ConfigMap %s", here, name);
        count("references to ConfigMaps");
        return found.isEmpty() ? new Node(null) : found.getFirst();
    }

    private void mounted(String here, List<Node> all, Node source, Node name) {
        if (source.exists()) {
            Set<String> keys =
                    configMap(here, all, name.text()).at("data").entries().keySet();
            source.at("items")
                    .items()
                    .forEach(item -> require(
                            keys.contains(item.at("key").text()),
                            "%s: %s has no key %s",
                            here,
                            name.text(),
                            item.at("key").text()));
        }
    }

    /// Nobody can see from here whether a secret exists, so who has to make it must be told: a row of deploy/README.md
    /// with both
    /// names.
    private void secret(String here, Node name, Node key) {
        if (name.exists()) {
            boolean documented = handbook.stream()
                    .anyMatch(line -> line.startsWith("|")
                            && line.contains("`" + name.text() + "`")
                            && (!key.exists() || line.contains("`" + key.text() + "`")));
            require(
                    documented,
                    "%s: the key %s of the Secret %s is in no table of deploy/README.md",
                    here,
                    key.text(),
                    name.text());
            count("references to Secrets: documented");
        }
    }

    private void noSecretIn(String where, Node map) {
        Pattern secret = Pattern.compile("(?im)^[^#\\n"
                + "]*(password|secret|token|jaas\\.config|personal\\.key|private)[\\w.\"-]*\\s*=\\s*[^\\s$]+");
        map.at("data").entries().forEach((key, value) -> {
            boolean script = key.endsWith(".sh");
            boolean variable = key.matches("(?i).*(PASSWORD|SECRET|JAAS|PRIVATE).*");
            require(
                    script || (!variable && !secret.matcher(value.text()).find()),
                    "%s: %s holds a secret under %s",
                    where,
                    map.name(),
                    key);
        });
        count("ConfigMaps without a secret");
    }

    // --- the network
    // ---------------------------------------------------------------------------------------------------

    private void guarded(String here, Node workload, List<Node> all) {
        for (String direction : List.of("Ingress", "Egress")) {
            require(
                    ofKind(all, "NetworkPolicy").stream()
                            .filter(policy ->
                                    policy.at("spec", "policyTypes").items().contains(new Node(direction)))
                            .anyMatch(policy -> policy.at("spec", "podSelector").selects(workload.podLabels())),
                    "%s: no policy governs its %s",
                    here,
                    direction);
        }
    }

    private void networkPolicies(String where, List<Node> all, List<Node> workloads) {
        List<Node> policies = ofKind(all, "NetworkPolicy");
        require(
                policies.stream()
                        .anyMatch(policy -> policy.at("spec", "podSelector")
                                        .entries()
                                        .isEmpty()
                                && policy.at("spec", "policyTypes").items().size() == 2
                                && !policy.at("spec", "ingress").exists()
                                && !policy.at("spec", "egress").exists()),
                "%s: nothing denies what is not named",
                where);
        for (Node policy : policies) {
            String here = where + "/NetworkPolicy/" + policy.name();
            List<Node> selected = workloads.stream()
                    .filter(workload -> policy.at("spec", "podSelector").selects(workload.podLabels()))
                    .toList();
            require(!selected.isEmpty(), "%s selects nothing", here);
            boolean anywhere = policy.at("spec", "egress").items().stream()
                    .flatMap(rule -> rule.at("to").items().stream())
                    .anyMatch(to -> to.at("ipBlock", "cidr").is("0.0.0.0/0"));
            require(
                    !anywhere
                            || selected.stream()
                                    .allMatch(workload -> workload.name().startsWith("connector-")),
                    "%s lets others than the connector out to the internet",
                    here);
            for (String direction : List.of("ingress", "egress")) {
                for (Node rule : policy.at("spec", direction).items()) {
                    require(!rule.at("ports").items().isEmpty(), "%s opens every port", here);
                    require(
                            !rule.at(direction.equals("ingress") ? "from" : "to")
                                    .items()
                                    .isEmpty(),
                            "%s opens to everybody",
                            here);
                    for (Node port :
                            direction.equals("ingress") ? rule.at("ports").items() : List.<Node>of()) {
                        require(
                                selected.stream()
                                        .allMatch(workload -> workload.containers().stream()
                                                .anyMatch(container -> hasPort(container, port.at("port")))),
                                "%s opens port %s, which is none of the pod's",
                                here,
                                port.at("port").text());
                    }
                    peers(here, rule, direction, workloads);
                }
            }
            count("network policies: what they select, ports");
        }
    }

    /// Pods of our own that a policy names must be there; those of another namespace cannot be seen from here.
    private void peers(String here, Node rule, String direction, List<Node> workloads) {
        for (Node peer : rule.at(direction.equals("ingress") ? "from" : "to").items()) {
            if (peer.at("podSelector").exists() && !peer.at("namespaceSelector").exists()) {
                require(
                        workloads.stream()
                                .anyMatch(workload -> peer.at("podSelector").selects(workload.podLabels())),
                        "%s names a peer that does not exist",
                        here);
            }
        }
    }

    private void ingress(String where, Node ingress, List<Node> all) {
        Set<String> secured = ingress.at("spec", "tls").items().stream()
                .flatMap(tls -> tls.at("hosts").items().stream())
                .map(Node::text)
                .collect(Collectors.toSet());
        for (Node rule : ingress.at("spec", "rules").items()) {
            require(
                    secured.contains(rule.at("host").text()),
                    "%s: %s is served without TLS",
                    where,
                    rule.at("host").text());
            for (Node path : rule.at("http", "paths").items()) {
                Node backend = path.at("backend", "service");
                require(
                        ofKind(all, "Service").stream()
                                .anyMatch(service -> backend.at("name").is(service.name())
                                        && names(service.at("spec", "ports"))
                                                .contains(backend.at("port", "name")
                                                        .text())),
                        "%s: Ingress %s leads to %s, which is not there",
                        where,
                        ingress.name(),
                        backend.at("name").text());
                count("ingress paths");
            }
        }
    }

    private void monitors(String where, List<Node> all, List<Node> deployments) {
        List<Node> monitors = ofKind(all, "PodMonitor");
        require(!where.equals("prod") || !monitors.isEmpty(), "%s: nobody looks at the metrics", where);
        for (Node monitor : monitors) {
            Node port =
                    monitor.at("spec", "podMetricsEndpoints").items().getFirst().at("port");
            for (Node deployment : deployments) {
                require(
                        monitor.at("spec", "selector").selects(deployment.podLabels())
                                && hasPort(deployment.containers().getFirst(), port),
                        "%s: the metrics of %s are not fetched",
                        where,
                        deployment.name());
                count("services watched by Prometheus");
            }
        }
    }

    // --- the alerts
    // ----------------------------------------------------------------------------------------------------

    private void alerts(List<Node> prod, Path rules) throws IOException {
        Node rule = ofKind(prod, "PrometheusRule").getFirst();
        DumperOptions plain = new DumperOptions();
        plain.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        plain.setWidth(Integer.MAX_VALUE);
        Files.writeString(rules, new Yaml(plain).dump(rule.at("spec").value()));
        Set<String> exported = exportedFigures();
        List<Node> cases =
                documents(repository.resolve("deploy/checks/alerts.test.yaml")).getFirst().at("tests").items().stream()
                        .flatMap(test -> test.at("alert_rule_test").items().stream())
                        .toList();
        // JSON is YAML.
        Path dashboard = repository.resolve("deploy/kustomize/components/monitoring/dashboard.json");
        for (Node panel : documents(dashboard).getFirst().at("panels").items()) {
            panel.at("targets")
                    .items()
                    .forEach(target -> figures(
                            "the panel '" + panel.at("title").text() + "'",
                            target.at("expr").text(),
                            exported));
        }
        Set<String> pages = new TreeSet<>();
        for (Node alert : rule.at("spec", "groups").items().stream()
                .flatMap(group -> group.at("rules").items().stream())
                .toList()) {
            String name = alert.at("alert").text();
            require(
                    Set.of("critical", "warning")
                            .contains(alert.at("labels", "severity").text()),
                    "%s has no severity",
                    name);
            for (String annotation : List.of("summary", "description")) {
                require(!alert.at("annotations", annotation).text().isBlank(), "%s has no %s", name, annotation);
            }
            String page = alert.at("annotations", "runbook_url").text();
            require(
                    !page.isBlank() && Files.isRegularFile(repository.resolve(page)),
                    "%s: its runbook %s is not there",
                    name,
                    page);
            pages.add(Path.of(page).getFileName().toString());
            figures(name, alert.at("expr").text(), exported);
            List<Node> own =
                    cases.stream().filter(test -> test.at("alertname").is(name)).toList();
            require(
                    own.stream().anyMatch(test -> !test.at("exp_alerts").items().isEmpty()),
                    "%s is never seen to fire",
                    name);
            require(
                    own.stream().anyMatch(test -> test.at("exp_alerts").items().isEmpty()),
                    "%s is never seen to stay quiet",
                    name);
            count("alerts: severity, words, runbook, firing and quiet case");
        }
        try (Stream<Path> files = Files.list(repository.resolve("deploy/runbooks"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith("Hubline"))
                    .forEach(file -> require(pages.contains(file), "deploy/runbooks/%s belongs to no alert", file));
        }
    }

    private void figures(String where, String expression, Set<String> exported) {
        Matcher figure = Pattern.compile("\\bhubline_[a-z_]+").matcher(expression);
        while (figure.find()) {
            require(
                    exported.contains(figure.group()),
                    "%s asks for %s, which no service exports",
                    where,
                    figure.group());
            count("figures that alerts and dashboard ask for: exported by a service");
        }
    }

    /// Every name that the code gives a meter, as Prometheus shows it: with the ending of each kind of meter.
    private Set<String> exportedFigures() throws IOException {
        Pattern literal = Pattern.compile("\"(hubline[._][a-z0-9._]+)\"");
        Set<String> figures = new TreeSet<>();
        List<Path> rooms;
        try (Stream<Path> folders = Files.list(repository)) {
            rooms = Stream.concat(folders, Stream.of(repository.resolve("platform/kit")))
                    .filter(folder -> folder.toString().endsWith("-service") || folder.endsWith("kit"))
                    .toList();
        }
        for (Path room : rooms) {
            try (Stream<Path> files = Files.walk(room.resolve("src/main/java"))) {
                for (Path source :
                        files.filter(file -> file.toString().endsWith(".java")).toList()) {
                    Matcher name = literal.matcher(Files.readString(source));
                    while (name.find()) {
                        String figure = name.group(1).replace('.', '_');
                        ENDINGS.forEach(ending -> figures.add(figure + ending));
                    }
                }
            }
        }
        return figures;
    }

    // --- containers and compose
    // ----------------------------------------------------------------------------------------

    private void compose() throws IOException {
        Path file = repository.resolve("deploy/compose.yaml");
        Node compose = documents(file).getFirst();
        Map<String, Node> services = compose.at("services").entries();
        Set<String> declared = new HashSet<>(compose.at("volumes").entries().keySet());
        Set<String> secrets = compose.at("secrets").entries().keySet();
        for (String name : List.of(
                "connector", "order", "inventory", "catalog-pim", "routing", "returns", "postgres", "kafka", "redis")) {
            require(services.containsKey(name), "compose.yaml has no %s", name);
        }
        services.forEach((name, service) -> {
            String image = service.at("image").text();
            require(
                    !image.isEmpty() && image.contains(":") && !image.endsWith(":latest"),
                    "compose.yaml: the image of %s is not pinned",
                    name);
            require(service.at("read_only").is(true), "compose.yaml: %s writes to its root file system", name);
            require(
                    service.at("cap_drop").items().contains(new Node("ALL")),
                    "compose.yaml: %s keeps capabilities",
                    name);
            require(service.at("user").exists(), "compose.yaml: %s may run as root", name);
            service.at("depends_on")
                    .entries()
                    .keySet()
                    .forEach(other -> require(
                            services.containsKey(other),
                            "compose.yaml: %s waits for %s, which is not there",
                            name,
                            other));
            service.at("secrets").items().forEach(secret -> {
                String source =
                        secret.at("source").exists() ? secret.at("source").text() : secret.text();
                require(secrets.contains(source), "compose.yaml: %s wants the secret %s", name, source);
            });
            for (Node volume : service.at("volumes").items()) {
                String source = volume.text().split(":", 2)[0];
                boolean path = source.startsWith(".");
                require(
                        path ? Files.exists(file.resolveSibling(source)) : declared.contains(source),
                        "compose.yaml: %s mounts %s, which is not there",
                        name,
                        source);
            }
            count("compose services: image, user, capabilities, read-only root, references");
        });
    }

    /// What a container file takes from the repository must be in it, and every module must be there for Maven to read
    /// the parent.
    private void containerFiles() throws IOException {
        Set<String> modules = Pattern.compile("<module>(.*?)</module>")
                .matcher(Files.readString(repository.resolve("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        for (String name : List.of("Containerfile.jvm", "Containerfile.native")) {
            String text = Files.readString(repository.resolve("deploy/containers/" + name))
                    .replace("\\\n", " ");
            Set<String> copied = new TreeSet<>();
            for (String line : text.lines().map(String::strip).toList()) {
                if (line.startsWith("FROM ")) {
                    require(!line.contains(":latest"), "%s: an image is not pinned: %s", name, line);
                }
                if (line.startsWith("COPY ") && !line.contains("--from=")) {
                    List<String> words = Stream.of(line.split("\\s+"))
                            .skip(1)
                            .filter(word -> !word.startsWith("--"))
                            .toList();
                    for (String source : words.subList(0, words.size() - 1)) {
                        require(
                                Files.exists(repository.resolve(source)),
                                "%s copies %s, which is not there",
                                name,
                                source);
                        copied.add(source.replaceAll("/$", ""));
                        count("paths that container files copy");
                    }
                }
            }
            require(
                    copied.contains(".")
                            || modules.stream()
                                    .allMatch(module -> copied.stream()
                                            .anyMatch(path -> module.equals(path) || module.startsWith(path + "/"))),
                    "%s does not bring every module of pom.xml: %s",
                    name,
                    modules);
            require(Pattern.compile("(?m)^USER 10001").matcher(text).find(), "%s: the image runs as root", name);
        }
    }
}
