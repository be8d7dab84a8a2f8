package dev.redoubt.proxy.cli;

import java.util.List;

/** A reply as the small client sees it. Immutable. */
sealed interface Reply {
    /** A status line, without its sign. */
    record Status(String text) implements Reply {}

    /** An error, without its sign: {@code ERR unknown command}. */
    record Failure(String text) implements Reply {}

    record Number(long value) implements Reply {}

    /** A RESP3 value that is shown as it came: a double, a boolean, a big number. */
    record Scalar(String type, String text) implements Reply {}

    record Text(byte[] bytes) implements Reply {}

    record Nil() implements Reply {}

    record Items(List<Reply> items) implements Reply {}

    /** A RESP3 map: keys and values by turns. */
    record Pairs(List<Reply> items) implements Reply {}

    /** Whether it is an error. */
    default boolean isFailure() {
        return this instanceof Failure;
    }
}
