package dev.redoubt.it.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a run of the matrix is to do. Immutable.
 *
 * @param names parts of names; any version if there is none
 * @param jobs how many cells are tried at once
 * @param withAgent false for the applications alone
 */
record MatrixOptions(List<String> names, OptionalInt java, int jobs, boolean withAgent) {
    MatrixOptions {
        names = List.copyOf(names);
        if (jobs < 1) {
            throw new IllegalArgumentException("--jobs takes a number from 1 on");
        }
    }

    static MatrixOptions parse(String... arguments) {
        List<String> names = new ArrayList<>();
        OptionalInt java = OptionalInt.empty();
        int jobs = 1;
        boolean withAgent = true;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--java" -> java = OptionalInt.of(number(arguments, ++i));
                case "--jobs" -> jobs = number(arguments, ++i);
                case "--without" -> withAgent = false;
                default -> names.add(name(arguments[i]));
            }
        }
        return new MatrixOptions(names, java, jobs, withAgent);
    }

    boolean takes(ClientVersion version) {
        return names.isEmpty() || names.stream().anyMatch(version.name()::contains);
    }

    boolean takesJava(int feature) {
        return java.isEmpty() || java.getAsInt() == feature;
    }

    /** Only a run of all versions goes into the documentation; on which Java is said there. */
    boolean isWhole() {
        return names.isEmpty() && withAgent;
    }

    private static String name(String argument) {
        if (argument.startsWith("-")) {
            throw new IllegalArgumentException("there is no option " + argument);
        }
        return argument;
    }

    private static int number(String[] arguments, int at) {
        try {
            return Integer.parseInt(arguments[at]);
        } catch (ArrayIndexOutOfBoundsException | NumberFormatException wrong) {
            throw new IllegalArgumentException(arguments[at - 1] + " takes a number", wrong);
        }
    }
}
