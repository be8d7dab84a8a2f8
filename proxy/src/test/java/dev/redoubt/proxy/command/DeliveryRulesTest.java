package dev.redoubt.proxy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryRulesTest {
    private static final CommandTable TABLE = CommandTable.builtIn();
    private static final DeliveryRules RULES = new DeliveryRules(
            List.of("lock:*", "command=flush*"),
            List.of("jobs:*", "command=PUBLISH", "command=xgroup|*", "command=expire"));

    @ParameterizedTest
    @CsvSource({
        "SET lock:a 1,              AT_MOST_ONCE",
        "MSET jobs:a 1 lock:a 2,    AT_MOST_ONCE",
        "FLUSHALL,                  AT_MOST_ONCE",
        "LPUSH jobs:a x,            AT_LEAST_ONCE",
        "DEL jobs:a jobs:b,         AT_LEAST_ONCE",
        "DEL jobs:a other,          BY_CLASS",
        "SET other 1,               BY_CLASS",
        "PUBLISH jobs x,            AT_LEAST_ONCE",
        "XGROUP CREATE s g $,       AT_LEAST_ONCE",
        "XADD s * f v,              BY_CLASS",
        "EXPIRE other 10,           AT_LEAST_ONCE",
        "PEXPIRE other 9000,        AT_LEAST_ONCE",
        "DBSIZE,                    BY_CLASS"
    })
    void keysAndCommandsChoose(String command, Delivery expected) {
        byte[][] args = Arrays.stream(command.split(" "))
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);

        assertEquals(expected, RULES.of(TABLE.find(args[0]), args));
    }
}
