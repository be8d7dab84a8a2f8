package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.lane.TestLoop;
import io.netty.channel.ChannelHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Redis without data: it shakes hands, answers the control connection, and hands over to the test every other command. Its network is there or not, as the test says.
 */
public final class FakeRedis implements Connector {
    private static final String ADDRESS = "redis/10.0.0.1:6379";
    private static final int DATABASES = 16;
    /** What a shared connection is asked on which nothing happens. */
    public static final String IDLE_PING = "PING redoubt";

    private final TestLoop loop;
    private final List<FakeConnection> connections = new ArrayList<>();
    private final List<String> control = new ArrayList<>();
    private final Map<String, String> passwords = new HashMap<>();
    private final Map<String, String> ownReplies = new HashMap<>();
    private Function<String, String> script = command -> null;
    private boolean reachable = true;
    private String role = "master";
    private int runs = 1;
    private int histories = 1;
    private long startedNanos;
    private long lastId = 100;
    private int idlePings;

    public FakeRedis(TestLoop loop) {
        this.loop = loop;
        this.startedNanos = loop.lane().nanoTime() - 600_000_000_000L;
    }

    // ---- what the test says

    /** Attempts to connect fail, until {@link #comeBack}; what is connected stays. */
    public void refuse() {
        reachable = false;
    }

    /** All connections are lost and none can be opened; runs the loop. */
    public void goAway() {
        reachable = false;
        List.copyOf(connections).stream().filter(FakeConnection::isOpen).forEach(FakeConnection::lose);
    }

    /** It says that of itself from now on: master or slave. */
    public void role(String is) {
        role = is;
    }

    /** It can be reached again, as the same process. */
    public void comeBack() {
        reachable = true;
    }

    /** It can be reached again, as another process that started just now. */
    public void restart() {
        runs++;
        startedNanos = loop.lane().nanoTime();
        reachable = true;
    }

    /** The same process has another history of data from now on, as a replica that follows another primary. */
    public void otherHistory() {
        histories++;
    }

    /** Answers data commands by that; null leaves a command to the test. */
    public void answer(Function<String, String> replies) {
        script = replies;
    }

    /** How often shared connections were asked on which nothing happened. */
    public int idlePings() {
        return idlePings;
    }

    /** Answers one command of the proxy's own with that frame instead; null for not at all. */
    public void answerOwn(String command, @Nullable String reply) {
        ownReplies.put(command, reply);
    }

    /** From now on that user needs that password. */
    public void password(String user, String password) {
        passwords.put(user, password);
    }

    /** The open connections of that purpose (data, lease, control, auth), oldest first. */
    public List<FakeConnection> connections(String purpose) {
        return connections.stream()
                .filter(one -> one.isOpen() && one.name().startsWith("redoubt-" + purpose))
                .toList();
    }

    /** The newest of them. */
    public FakeConnection connection(String purpose) {
        List<FakeConnection> all = connections(purpose);
        if (all.isEmpty()) {
            throw new AssertionError("no open connection for " + purpose);
        }
        return all.get(all.size() - 1);
    }

    /** How often a user was checked on a spare connection. */
    public long verifications() {
        return connections.stream()
                .filter(one -> one.name().startsWith("redoubt-auth"))
                .count();
    }

    /** What came over control connections since the last call, but for PING. */
    public List<String> takeControl() {
        List<String> taken = List.copyOf(control);
        control.clear();
        return taken;
    }

    // ---- what the proxy sees

    @Override
    public String description() {
        return "redis:6379";
    }

    @Override
    public void connect(ChannelHandler handler, Outcome outcome) {
        loop.execute(() -> {
            if (!reachable) {
                outcome.failed("Connection refused");
                return;
            }
            FakeConnection connection = new FakeConnection(this, loop, handler, ++lastId);
            connections.add(connection);
            outcome.connected(connection.socket(), ADDRESS);
        });
    }

    String dataReply(String command) {
        return script.apply(command);
    }

    String ownReply(FakeConnection connection, String command) {
        if (command.equals(IDLE_PING)) {
            idlePings++;
        } else if (connection.isReady() && !command.equals("PING")) {
            control.add(command);
        }
        String[] words = command.split(" ");
        return ownReplies.containsKey(command)
                ? ownReplies.get(command)
                : switch (words[0]) {
                    case "AUTH" -> auth(words);
                    case "SELECT" -> select(Integer.parseInt(words[1]));
                    case "HELLO" -> "%1\r\n+proto\r\n:3\r\n";
                    case "INFO" -> info();
                    case "PING" -> "+PONG\r\n";
                    case "CLIENT" -> client(connection, words[1]);
                    default -> "+OK\r\n";
                };
    }

    private String auth(String[] words) {
        String user = words.length == 3 ? words[1] : "default";
        return words[words.length - 1].equals(passwords.get(user))
                ? "+OK\r\n"
                : "-WRONGPASS invalid username-password pair or user is disabled.\r\n";
    }

    private static String select(int database) {
        return database < DATABASES ? "+OK\r\n" : "-ERR DB index is out of range\r\n";
    }

    private static String client(FakeConnection connection, String subcommand) {
        return switch (subcommand) {
            case "ID" -> ":" + connection.id() + "\r\n";
            case "INFO" -> bulk("id=" + connection.id() + " addr=10.0.0.9:" + connection.id() + " name=x");
            case "KILL" -> ":1\r\n";
            default -> "+OK\r\n";
        };
    }

    private String info() {
        long uptime = (loop.lane().nanoTime() - startedNanos) / 1_000_000_000;
        return bulk("# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\nrun_id:run" + runs
                + "\r\nmaster_replid:history" + histories + "\r\nuptime_in_seconds:" + uptime + "\r\nloading:0\r\nrole:"
                + role + "\r\n");
    }

    private static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }
}
