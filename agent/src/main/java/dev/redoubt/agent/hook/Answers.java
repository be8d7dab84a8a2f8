package dev.redoubt.agent.hook;

import dev.redoubt.agent.observe.ClientKind;
import dev.redoubt.agent.observe.Observer;
import dev.redoubt.agent.redirect.JedisSockets;
import dev.redoubt.agent.redirect.LettuceUris;
import dev.redoubt.agent.redirect.RedissonConfigs;
import dev.redoubt.agent.redirect.Router;
import java.util.HashMap;
import java.util.Map;

/** Puts together who answers which question. Loaded when the first Redis client is. */
public final class Answers {
    private Answers() {}

    /** Lets the hooks answer. */
    public static void install(Hooks hooks, Router router, Observer observer, Complaints complaints) {
        Map<String, Answer> answers = new HashMap<String, Answer>();
        JedisSockets jedis = new JedisSockets(router, observer);
        answers.put(Questions.SOCKET, (question, value) -> jedis.socketFor(question[1]));
        answers.put(Questions.HOST, (question, value) -> jedis.hostFor(question[1], (String) value, question[2]));
        answers.put(Questions.TLS, (question, value) -> jedis.tlsFor(value));
        LettuceUris lettuce = new LettuceUris(router, observer);
        answers.put(Questions.LETTUCE_URI, (question, value) -> lettuce.uriFor(question[1], value));
        RedissonConfigs redisson = new RedissonConfigs(router, observer);
        answers.put(Questions.REDISSON_CONFIG, (question, value) -> redisson.configFor(value));
        for (ClientKind kind : ClientKind.values()) {
            answers.put(Questions.constructed(kind), (question, value) -> {
                observer.constructed(kind, question[1]);
                return value;
            });
            answers.put(Questions.closed(kind), (question, value) -> {
                observer.closed(kind, question[1]);
                return value;
            });
        }
        hooks.answerWith(answers, complaints);
    }
}
