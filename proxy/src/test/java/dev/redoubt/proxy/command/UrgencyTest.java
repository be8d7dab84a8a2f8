package dev.redoubt.proxy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrgencyTest {
    private final CommandTable table = CommandTable.builtIn();

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            SET l token NX PX 1000   => true
            SET l token EX 10 xx     => true
            SETNX l token            => true
            EXPIRE l 10              => true
            PEXPIREAT l 17           => true
            EVAL script 1 l token    => true
            EVALSHA abc 1 l token    => true
            EVAL script 2 a b        => false
            SET k v                  => false
            SET nx xx                => false
            SET k v EX 10            => false
            SETEX k 10 v             => false
            GET l                    => false
            DEL l                    => false
            """)
    void whatIsAboutLocksIsUrgent(String call, boolean urgent) {
        assertEquals(urgent, Urgency.isUrgent(Words.call(table, call)));
    }
}
