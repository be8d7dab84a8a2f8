package dev.redoubt.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassesAheadTest {
    private static final String CURE = "no such class; ./dev start-classes writes the list anew";

    private static boolean isInitialized;

    static final class Initialized {
        static {
            isInitialized = true;
        }

        private Initialized() {}
    }

    /** A list that has grown old is slow, and nothing says so. */
    @Test
    void knowsEveryClassOfItsList() {
        List<String> unknown = new ArrayList<>();
        for (String name : ClassesAhead.names()) {
            try {
                Class.forName(name, false, getClass().getClassLoader());
            } catch (ClassNotFoundException e) {
                unknown.add(name);
            }
        }
        assertEquals(List.of(), unknown, CURE);
    }

    @Test
    void listsEachClassOnceAndThoseThatTakeMostOfAStart() {
        List<String> names = ClassesAhead.names();
        assertEquals(names.size(), new HashSet<>(names).size());
        for (String prefix : List.of(
                "io.netty.channel.",
                "io.netty.buffer.",
                "com.github.benmanes.",
                "dev.redoubt.proxy.upstream.",
                "dev.redoubt.proxy.fallback.")) {
            assertTrue(names.stream().anyMatch(name -> name.startsWith(prefix)), prefix);
        }
    }

    @Test
    void initializesNothing() throws ClassNotFoundException {
        assertEquals(1, ClassesAhead.link(getClass().getName() + "$Initialized"));
        assertEquals(false, isInitialized);
    }
}
