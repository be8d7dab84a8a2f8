package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.lockscript.Decision;
import dev.redoubt.proxy.lockscript.LockScript;
import dev.redoubt.proxy.lockscript.LockScripts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * EVAL and EVALSHA of the scripts that libraries send around locks: they are not run, but understood. Any other script waits for
 * Redis, and so does one whose arguments Redis would complain about.
 */
final class ScriptCommands {
    private final LockScripts scripts;

    ScriptCommands(LockScripts scripts) {
        this.scripts = scripts;
    }

    void register(CommandSet set) {
        set.always("EVAL", -3, call -> run(call, scripts.ofBody(call.argument(1))));
        set.always("EVALSHA", -3, this::evalSha);
        set.memoryOnly("SCRIPT", -2, this::script);
    }

    private void evalSha(Call call) {
        LockScript script = scripts.ofSha(call.argument(1));
        if (script == null && call.keys().mode() == Mode.MEMORY_ONLY) {
            throw Verdict.error("NOSCRIPT No matching script. Please use EVAL.");
        }
        run(call, script);
    }

    private void script(Call call) {
        if (call.count() != 3 || !call.option(1).equals("LOAD") || scripts.ofBody(call.argument(2)) == null) {
            throw Verdict.HOLD;
        }
        call.replyBulk(LockScripts.sha1(call.argument(2)).getBytes(StandardCharsets.US_ASCII));
    }

    private static void run(Call call, @Nullable LockScript script) {
        if (script == null || !Numbers.isLong(call.argument(2))) {
            throw Verdict.HOLD;
        }
        long keys = Numbers.parseLong(call.argument(2));
        if (keys < 1 || keys > call.count() - 3) {
            throw Verdict.HOLD;
        }
        byte[][] arguments = call.argumentsFrom(3 + (int) keys);
        if (script instanceof LockScript.OneKey one) {
            new OneLock(call, call.key(3), arguments).run(one);
        } else if (script instanceof LockScript.AddTime) {
            new OneLock(call, call.key(3), arguments).addTime();
        } else {
            StoreKey[] named = new StoreKey[(int) keys];
            Arrays.setAll(named, i -> call.key(3 + i));
            new ManyLocks(call, named, arguments).run((LockScript.AllKeys) script);
        }
    }

    /** A script about one key. */
    private record OneLock(Call call, StoreKey key, byte[][] arguments) {
        void run(LockScript.OneKey script) {
            try {
                if (LockCommands.isDecidedHere(call, key)) {
                    carryOut(script.decide(look(script.mayObtain()), arguments), script.mayObtain());
                } else {
                    reply(script.decide(arguments.length == 0 ? null : arguments[0], arguments), 1);
                }
            } catch (IllegalArgumentException e) {
                throw Verdict.HOLD; // Redis knows what to say to that
            }
        }

        private byte @Nullable [] look(boolean mayObtain) {
            Keyspace keys = call.keys();
            return LockCommands.string(mayObtain ? keys.readForLock(key) : keys.readForRelease(key));
        }

        private void carryOut(Decision decision, boolean mayObtain) {
            Keyspace keys = call.keys();
            byte[] current = look(mayObtain);
            switch (decision.action()) {
                case NONE -> {
                    if (mayObtain && current != null) {
                        keys.counters().lockDenied();
                    }
                    reply(decision, 0);
                }
                case DELETE -> {
                    if (current != null) {
                        keys.releaseLock(key);
                    }
                    reply(decision, current == null ? 0 : 1);
                }
                case EXPIRE -> {
                    long expiry = expiry(decision);
                    if (current != null) {
                        keep(current, expiry);
                    }
                    reply(decision, current == null ? 0 : 1);
                }
                case SET -> {
                    long expiry = expiry(decision);
                    if (expiry <= call.nowMillis()) {
                        throw Verdict.HOLD;
                    }
                    keys.writeLock(key, arguments[decision.valueArgument() - 1], expiry);
                    if (current == null) {
                        keys.counters().lockGranted();
                    }
                    reply(decision, 1);
                }
            }
        }

        private void keep(byte[] current, long expiry) {
            if (expiry <= call.nowMillis()) {
                call.keys().releaseLock(key);
            } else {
                call.keys().writeLock(key, current, expiry);
            }
        }

        private long expiry(Decision decision) {
            return LockCommands.expiry(call, arguments[decision.timeArgument() - 1], decision.timeUnitMillis());
        }

        private void reply(Decision decision, long ofAction) {
            switch (decision.reply()) {
                case NIL -> call.replyNull();
                case INTEGER -> call.replyInteger(decision.number());
                case OF_ACTION -> {
                    if (decision.action() == Decision.Action.SET) {
                        call.replyOk();
                    } else {
                        call.replyInteger(ofAction);
                    }
                }
            }
        }

        /** As redis-py has it: 0 if it is somebody else's or has no expiry. */
        void addTime() {
            if (arguments.length < 3) {
                throw Verdict.HOLD;
            }
            if (!LockCommands.isDecidedHere(call, key)) {
                call.replyInteger(1);
                return;
            }
            Held held = call.keys().readForRelease(key);
            if (held.expiryMillis() == Expiry.UNKNOWN) {
                throw Verdict.HOLD;
            }
            byte[] current = LockCommands.string(held);
            boolean isOurs = current != null && Arrays.equals(current, arguments[0]);
            if (current == null || !isOurs || held.expiryMillis() == Expiry.NONE) {
                call.replyInteger(0);
                return;
            }
            long given = LockCommands.expiry(call, arguments[1], 1);
            boolean adds = Arrays.equals(arguments[2], new byte[] {'0'});
            keep(current, adds ? given + held.expiryMillis() - call.nowMillis() : given);
            call.replyInteger(1);
        }
    }
}
