package dev.redoubt.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages of the proxy use each other one way, and only as the list says. */
class ArchitectureTest {
    private static final String ROOT = "dev.redoubt.proxy";

    /** The root package wires the house: it uses all the others, and nobody uses it. */
    private static final String WIRING = "the wiring";

    /** Each package, and then all that it may use. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            may("time"),
            may("resp"),
            may("command", "resp"),
            may("config", "command"),
            may("status", "config", "time"),
            may("journalfile"),
            may("lockscript"),
            may("fallback", "command", "config", "journalfile", "lockscript", "resp", "status", "time"),
            may("backlog", "lane", "resp"),
            may("tls", "config", "log", "time"),
            may("resolver", "config", "lane"),
            may("upstream", "backlog", "command", "config", "lane", "log", "resolver", "resp", "status", "time", "tls"),
            may("pubsub", "backlog", "command", "lane", "resp", "upstream"),
            may(
                    "session",
                    "backlog",
                    "command",
                    "config",
                    "lane",
                    "log",
                    "pubsub",
                    "resp",
                    "status",
                    "time",
                    "upstream"),
            may("log", "config"),
            may("lane", "config", "log", "time"),
            may("agentreport", "time"),
            may("admin", "agentreport", "config", "log", "status", "time"),
            may("listen", "config"),
            may("cli", "admin", "config", "listen", "log", "resolver", "status", "time", "tls"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/")) // wherever the build directory is
            .importPackages(ROOT);

    @Test
    void everyPackageIsListed() {
        Set<String> packages = packages();

        packages.removeAll(ALLOWED.keySet());
        packages.remove(WIRING);

        assertEquals(Set.of(), packages, "packages that ALLOWED does not list");
    }

    @Test
    void packagesUseOnlyWhatIsAllowed() {
        List<String> forbidden = arrows().filter(arrow -> !isAllowed(arrow))
                .map(Dependency::getDescription)
                .sorted()
                .toList();

        assertEquals(List.of(), forbidden, "add to ALLOWED only what still points one way");
    }

    @Test
    void theListHasNoCycle() {
        Map<String, Set<String>> left = new TreeMap<>(ALLOWED);
        while (left.values().removeIf(used -> used.stream().noneMatch(left::containsKey))) {
            // A package that uses none of those left is in no cycle.
        }

        assertEquals(Map.of(), left, "packages of ALLOWED that lead into a cycle");
    }

    @Test
    void theClassesAreFound() {
        assertTrue(packages().containsAll(Set.of("resp", "time")), "packages found: " + packages());
    }

    private static Set<String> packages() {
        return CLASSES.stream().map(ArchitectureTest::packageOf).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What a class of one package of the proxy uses of another. */
    private static Stream<Dependency> arrows() {
        return CLASSES.stream()
                .flatMap(javaClass -> javaClass.getDirectDependenciesFromSelf().stream())
                .filter(arrow -> isOurs(arrow.getTargetClass()))
                .filter(arrow -> !packageOf(arrow.getOriginClass()).equals(packageOf(arrow.getTargetClass())));
    }

    private static boolean isAllowed(Dependency arrow) {
        String from = packageOf(arrow.getOriginClass());
        return from.equals(WIRING) || ALLOWED.getOrDefault(from, Set.of()).contains(packageOf(arrow.getTargetClass()));
    }

    private static boolean isOurs(JavaClass javaClass) {
        String name = javaClass.getPackageName();
        return name.equals(ROOT) || name.startsWith(ROOT + ".");
    }

    private static String packageOf(JavaClass javaClass) {
        String name = javaClass.getPackageName();
        return name.equals(ROOT) ? WIRING : name.substring(ROOT.length() + 1);
    }

    private static Map.Entry<String, Set<String>> may(String name, String... used) {
        return Map.entry(name, Set.of(used));
    }
}
