package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.CommandErrors;
import dev.redoubt.proxy.resp.RespWriter;
import java.util.Locale;

/** The CLIENT subcommands; those that speak of other clients are {@link OtherClients}. Replies and errors as {@code clientCommand} in networking.c of Redis gives them. Confined to the lane. */
final class ClientCommand {
    static final String INVALID_NAME = "ERR Client names cannot contain spaces, newlines or special characters.";

    private final ClientSession session;
    private final House house;
    private final ClientState state;
    private final OtherClients others;
    private final ReplyMode replies;

    ClientCommand(ClientSession session, House house, ClientState state, ReplyMode replies) {
        this.session = session;
        this.house = house;
        this.state = state;
        this.others = new OtherClients(session, house, state);
        this.replies = replies;
    }

    void run(Command command) {
        switch (command.word(1)) {
            case "ID" -> RespWriter.integer(session.reply(), session.id());
            case "GETNAME" -> getName();
            case "SETNAME" -> setName(command.text(2));
            case "SETINFO" -> setInfo(command.word(2), command.text(3));
            case "REPLY" -> reply(command.word(2));
            case "NO-EVICT" -> noEvict(command.word(2));
            case "NO-TOUCH" -> onOff(command.word(2));
            case "CAPA" -> RespWriter.simpleString(session.reply(), "OK");
            case "INFO" -> others.info(command);
            case "LIST" -> others.list(command);
            case "KILL" -> others.kill(command);
            case "UNBLOCK" -> others.unblock(command);
            case "PAUSE" -> others.pause(command);
            case "UNPAUSE" -> others.unpause(command);
            // One that nobody has heard of may change its connection, and others share that. Lettuce asks for
            // MAINT_NOTIFICATIONS whenever it connects, and is not ready before it has an answer.
            default -> session.reply().writeBytes(CommandErrors.unknownSubcommand(command.arguments()));
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

    private void reply(String mode) {
        switch (mode) {
            case "ON" -> {
                replies.on();
                RespWriter.simpleString(session.reply(), "OK");
            }
            case "OFF" -> replies.off();
            case "SKIP" -> replies.skip();
            default -> session.replyError("ERR syntax error");
        }
    }

    private void noEvict(String value) {
        if (onOff(value)) {
            session.profile().setNoEvict(value.equals("ON"));
        }
    }

    private boolean onOff(String value) {
        boolean known = value.equals("ON") || value.equals("OFF");
        if (known) {
            RespWriter.simpleString(session.reply(), "OK");
        } else {
            session.replyError("ERR syntax error");
        }
        return known;
    }

    /** Printable ASCII without spaces, as {@code validateClientAttr} has it. */
    static boolean isValidName(String name) {
        return name.chars().allMatch(c -> c >= '!' && c <= '~');
    }
}
