package dev.redoubt.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the documents say about {@code ./dev} and about files is true. */
class DocumentsTest {
    private static final Pattern VERB = Pattern.compile("\\./dev +([a-z][a-z-]*)");
    private static final Pattern VERBS_OF_DEV = Pattern.compile("^    ([a-z][a-z |-]*)\\) ", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)[^)]*\\)");
    private static final Pattern QUOTED_PATH = Pattern.compile("`([\\w.-]+/[\\w./-]*)`");

    private static final List<Path> DOCUMENTS = Repository.files(name -> name.endsWith(".md"));

    @Test
    void verbsExist() {
        Set<String> verbs = verbsOfDev();

        assertTrue(verbs.containsAll(Set.of("run", "test", "help")), "verbs found in dev: " + verbs);
        assertEachMention(VERB, (document, verb) -> verbs.contains(verb), "./dev has no such verb");
    }

    @Test
    void linkedFilesExist() {
        assertEachMention(
                LINK,
                (document, target) -> target.contains("://") || Files.exists(document.resolveSibling(target)),
                "broken links");
    }

    @Test
    void namedFilesExist() {
        assertEachMention(
                QUOTED_PATH,
                (document, path) ->
                        !beginsInRepository(path) || isBuilt(path) || Files.exists(Repository.ROOT.resolve(path)),
                "no such file in the repository");
    }

    /** Other paths, as of a container or of a URL, are not for this test to judge. */
    private static boolean beginsInRepository(String path) {
        return Files.exists(Repository.ROOT.resolve(path.substring(0, path.indexOf('/'))));
    }

    private static boolean isBuilt(String path) {
        return ("/" + path).contains("/target/");
    }

    private static Set<String> verbsOfDev() {
        return VERBS_OF_DEV
                .matcher(Repository.text(Repository.ROOT.resolve("dev")))
                .results()
                .flatMap(match -> Arrays.stream(match.group(1).split("[ |]+")))
                .collect(Collectors.toSet());
    }

    private static void assertEachMention(Pattern pattern, BiPredicate<Path, String> isTrue, String complaint) {
        String wrong = DOCUMENTS.stream()
                .flatMap(document -> pattern.matcher(Repository.text(document))
                        .results()
                        .map(match -> match.group(1))
                        .filter(mention -> !isTrue.test(document, mention))
                        .map(mention -> Repository.nameOf(document) + ": " + mention))
                .collect(Collectors.joining("\n"));

        assertEquals("", wrong, complaint);
    }
}
