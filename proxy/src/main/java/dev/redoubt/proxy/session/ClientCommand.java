package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.CommandErrors;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.upstream.SharedUpstream;
import java.util.Locale;

/** The CLIENT subcommands that speak of this session. Replies and errors as {@code clientCommand} in networking.c of Redis gives them. Confined to the lane. */
final class ClientCommand {
    static final String INVALID_NAME = "ERR Client names cannot contain spaces, newlines or special characters.";

    private final ClientSession session;
    private final House house;
    private final ClientState state;

    ClientCommand(ClientSession session, House house, ClientState state) {
        this.session = session;
        this.house = house;
        this.state = state;
    }

    void run(Command command) {
        switch (command.word(1)) {
            case "ID" -> RespWriter.integer(session.reply(), session.id());
            case "GETNAME" -> getName();
            case "SETNAME" -> setName(command.text(2));
            case "SETINFO" -> setInfo(command.word(2), command.text(3));
            case "NO-EVICT", "NO-TOUCH" -> onOff(command.word(2));
            case "CAPA" -> RespWriter.simpleString(session.reply(), "OK");
            case "INFO", "LIST" -> forward(command);
            case "KILL", "UNBLOCK" ->
                session.replyError(
                        "ERR CLIENT " + command.word(1)
                                + " is not possible through Redoubt yet: the ids that it gives are those of its own clients, Redis has others");
            // One that nobody has heard of may change its connection, and others share that. Lettuce asks for
            // MAINT_NOTIFICATIONS whenever it connects, and is not ready before it has an answer.
            default -> session.reply().writeBytes(CommandErrors.unknownSubcommand(command.arguments()));
        }
    }

    /** What speaks of other clients is Redis's to answer for now; ids there are those of Redis's connections. */
    private void forward(Command command) {
        SharedUpstream upstream = session.upstream();
        if (house.server().isUp()
                && upstream.submit(session, command.bytes(), command.start(), command.length(), 1, command.writes())) {
            session.addPending(1);
        } else {
            session.replyError("UNAVAILABLE Redis is away, and CLIENT " + command.word(1)
                    + " is its to answer; it was not applied");
        }
    }

    private void getName() {
        if (state.name().isEmpty()) {
            RespWriter.nullValue(session.reply(), state.respVersion());
        } else {
            RespWriter.bulk(session.reply(), state.name());
        }
    }

    private void setName(String name) {
        if (isValidName(name)) {
            state.setName(name);
            RespWriter.simpleString(session.reply(), "OK");
        } else {
            session.replyError(INVALID_NAME);
        }
    }

    private void setInfo(String attribute, String value) {
        if (!isValidName(value)) {
            session.replyError("ERR " + attribute.toLowerCase(Locale.ROOT)
                    + " cannot contain spaces, newlines or special characters.");
            return;
        }
        switch (attribute) {
            case "LIB-NAME" -> {
                state.setLibraryName(value);
                session.setHoldBudgetNanos(
                        HoldBudgets.of(value, house.holdBudget()).toNanos());
            }
            case "LIB-VER" -> state.setLibraryVersion(value);
            default -> {
                session.replyError("ERR Unrecognized option '" + attribute + "'");
                return;
            }
        }
        RespWriter.simpleString(session.reply(), "OK");
    }

    private void onOff(String value) {
        if (value.equals("ON") || value.equals("OFF")) {
            RespWriter.simpleString(session.reply(), "OK");
        } else {
            session.replyError("ERR syntax error");
        }
    }

    /** Printable ASCII without spaces, as {@code validateClientAttr} has it. */
    static boolean isValidName(String name) {
        return name.chars().allMatch(c -> c >= '!' && c <= '~');
    }
}
