package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.sim.Complaints;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Any bytes of a client's get the same answer in however many reads they come, and nothing goes wrong inside. */
public final class SessionFuzz {
    private SessionFuzz() {}

    /** @param input the length of the pieces, then what a client sends */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        String sent = new String(input, 1, input.length - 1, StandardCharsets.ISO_8859_1);
        try (Complaints complaints = Complaints.listen()) {
            assertEquals(answers(sent, sent.length() + 1), answers(sent, 1 + (input[0] & 63)));
            assertEquals(List.of(), complaints.take());
        }
    }

    private static String answers(String sent, int pieces) {
        SessionFixture fixture = new SessionFixture().start();
        fixture.redis().answer(SessionFuzz::answer);
        SessionFixture.Client client = fixture.connect();
        for (int from = 0; from < sent.length() && client.isOpen(); from += pieces) {
            client.sendRaw(sent.substring(from, Math.min(sent.length(), from + pieces)));
        }
        String received = client.received() + (client.isOpen() ? " open" : " closed");
        fixture.close();
        return received;
    }

    private static String answer(String command) {
        String[] words = command.split(" ", -1);
        String name = words[0].toUpperCase(Locale.ROOT);
        return switch (name) {
            case "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE" ->
                Pushes.confirmations(words);
            case "GET" -> "$-1\r\n";
            case "EXEC" -> "*0\r\n";
            case "INCR" -> ":1\r\n";
            default -> "+OK\r\n";
        };
    }
}
