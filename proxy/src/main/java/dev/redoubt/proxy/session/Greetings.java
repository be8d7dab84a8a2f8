package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.CommandFlag;
import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.command.Fallback;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.upstream.ServerFacts;
import io.netty.buffer.ByteBuf;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers, while Redis is away, what clients ask before they call themselves connected, from what was last seen of the server. A held INFO would recreate the error that this project is against:
 * ioredis is not "ready" before it has the answer. Confined to the lane.
 */
final class Greetings {
    private static final int ROWS_OF_INFO = 10;

    private final House house;

    Greetings(House house) {
        this.house = house;
    }

    /** True if the session has its reply. */
    boolean answer(Command command, int respVersion, ClientSession session) {
        CommandSpec spec = command.spec();
        if (spec == null || spec.of(command.arguments()).fallback() != Fallback.GREETING) {
            return false;
        }
        switch (command.name()) {
            case "ping" -> ping(command, session.reply());
            case "echo" -> RespWriter.bulk(session.reply(), command.arguments()[1]);
            case "info" -> RespWriter.bulk(session.reply(), info());
            case "role" -> role(session.reply());
            case "command" -> commands(command, session.reply(), respVersion);
            case "config" -> config(command, session.reply(), respVersion);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void ping(Command command, ByteBuf out) {
        if (command.count() == 1) {
            RespWriter.simpleString(out, "PONG");
        } else {
            RespWriter.bulk(out, command.arguments()[1]);
        }
    }

    /** One section with what was last seen; {@code loading:0} is what clients wait for. */
    private String info() {
        ServerFacts facts = house.server().facts();
        Map<String, String> lines = new TreeMap<>(facts.info());
        lines.putIfAbsent("redis_version", facts.version());
        lines.putIfAbsent("redis_mode", facts.mode());
        lines.putIfAbsent("role", facts.role());
        lines.put("loading", "0");
        StringBuilder text = new StringBuilder("# Server\r\n");
        lines.forEach(
                (name, value) -> text.append(name).append(':').append(value).append("\r\n"));
        text.append("\r\n# Redoubt\r\nredoubt_upstream_connected:0\r\n");
        return text.toString();
    }

    private void role(ByteBuf out) {
        RespWriter.arrayHeader(out, 3);
        RespWriter.bulk(out, "master");
        RespWriter.integer(out, Long.parseLong(house.server().facts().info().getOrDefault("master_repl_offset", "0")));
        RespWriter.arrayHeader(out, 0);
    }

    private void config(Command command, ByteBuf out, int respVersion) {
        boolean policy = command.word(2).equals("MAXMEMORY-POLICY");
        RespWriter.mapHeader(out, policy ? 1 : 0, respVersion);
        if (policy) {
            RespWriter.bulk(out, "maxmemory-policy");
            RespWriter.bulk(out, house.server().facts().info().getOrDefault("maxmemory_policy", "noeviction"));
        }
    }

    private void commands(Command command, ByteBuf out, int respVersion) {
        Collection<CommandSpec> all = house.table().specs();
        switch (command.word(1)) {
            case "" -> {
                RespWriter.arrayHeader(out, all.size());
                all.forEach(spec -> row(out, spec));
            }
            case "COUNT" -> RespWriter.integer(out, all.size());
            case "DOCS" -> RespWriter.mapHeader(out, 0, respVersion);
            case "LIST" -> {
                RespWriter.arrayHeader(out, all.size());
                all.forEach(spec -> RespWriter.bulk(out, spec.name()));
            }
            default -> rowsOf(command, out, respVersion);
        }
    }

    private void rowsOf(Command command, ByteBuf out, int respVersion) {
        RespWriter.arrayHeader(out, command.count() - 2);
        for (int i = 2; i < command.count(); i++) {
            CommandSpec spec = house.table().find(command.arguments()[i]);
            if (spec == null) {
                RespWriter.nullArray(out, respVersion);
            } else {
                row(out, spec);
            }
        }
    }

    private static void row(ByteBuf out, CommandSpec spec) {
        RespWriter.arrayHeader(out, ROWS_OF_INFO);
        RespWriter.bulk(out, spec.name());
        RespWriter.integer(out, spec.arity());
        List<CommandFlag> flags =
                List.of(CommandFlag.values()).stream().filter(spec::has).toList();
        RespWriter.arrayHeader(out, flags.size());
        flags.forEach(flag -> RespWriter.simpleString(out, flag.word().toLowerCase(Locale.ROOT)));
        RespWriter.integer(out, spec.firstKey());
        RespWriter.integer(out, spec.lastKey());
        RespWriter.integer(out, spec.keyStep());
        for (int i = 0; i < 4; i++) {
            RespWriter.arrayHeader(out, 0); // ACL categories, tips, key specifications, subcommands
        }
    }
}
