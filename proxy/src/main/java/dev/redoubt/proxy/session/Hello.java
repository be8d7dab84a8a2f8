package dev.redoubt.proxy.session;

import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.upstream.Credentials;
import org.jspecify.annotations.Nullable;

/** One {@code HELLO [protover [AUTH user password] [SETNAME name]]}; errors as {@code helloCommand} in networking.c of Redis 7.0. */
final class Hello {
    private final Command command;
    private final SessionCommands commands;
    private int version;
    private @Nullable Credentials credentials;
    private @Nullable String name;
    /** Where it stands among the arguments; 0 for none. */
    private int unknownOption;

    Hello(Command command, SessionCommands commands) {
        this.command = command;
        this.commands = commands;
        this.version = commands.state().respVersion();
    }

    void run() {
        ClientSession session = commands.session();
        String error = parse();
        if (unknownOption > 0) {
            RespWriter.error(
                    session.reply(), "ERR Syntax error in HELLO option '", command.arguments()[unknownOption], "'");
        } else if (error != null) {
            session.replyError(error);
        } else if (credentials == null && !commands.state().isAdmitted()) {
            session.replyError(Stranger.HELLO_WITHOUT_AUTH);
        } else if (credentials == null) {
            finish();
        } else {
            commands.authenticate(credentials, refused -> {
                if (refused == null) {
                    finish();
                } else {
                    session.replyError(refused);
                }
            });
        }
    }

    private void finish() {
        ClientState state = commands.state();
        if (name != null) {
            state.setName(name);
        }
        commands.moveTo(state.key().withRespVersion(version));
        commands.greeting();
    }

    private @Nullable String parse() {
        if (command.count() > 1) {
            String text = command.text(1);
            if (!SessionCommands.INTEGER.matcher(text).matches()) {
                return "ERR Protocol version is not an integer or out of range";
            }
            if (!text.equals("2") && !text.equals("3")) {
                return "NOPROTO unsupported protocol version";
            }
            version = text.charAt(0) - '0';
        }
        int index = 2;
        while (index < command.count()) {
            int left = command.count() - 1 - index;
            if (command.word(index).equals("AUTH") && left >= 2) {
                credentials = new Credentials(command.text(index + 1), command.text(index + 2));
                index += 3;
            } else if (command.word(index).equals("SETNAME") && left >= 1) {
                name = command.text(index + 1);
                if (!ClientCommand.isValidName(name)) {
                    return ClientCommand.INVALID_NAME;
                }
                index += 2;
            } else {
                unknownOption = index;
                return null;
            }
        }
        return null;
    }
}
