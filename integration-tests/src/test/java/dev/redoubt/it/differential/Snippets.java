package dev.redoubt.it.differential;

import java.util.List;
import java.util.stream.Stream;

/** Scripts and function libraries, each client's with names and hashes of its own. Immutable. */
record Snippets(List<String> scripts, List<String> libraries, List<String> libraryNames, List<String> functions) {
    private static final List<String> BODIES = List.of(
            "return redis.call('GET', KEYS[1])",
            "redis.call('SET', KEYS[1], ARGV[1]) return redis.call('GET', KEYS[1])",
            "return redis.call('LPUSH', KEYS[1], ARGV[1], ARGV[1])",
            "return {1, 'two', false, true, {3.7, 'x', nil, 4}, redis.status_reply('fine')}",
            "return redis.error_reply('MINE it is the script that says so')",
            "return {err='MINE as a table'}",
            "return redis.pcall('INCR', KEYS[1])",
            "redis.setresp(3) return redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')",
            "redis.setresp(3) return {double=3.25}",
            "redis.setresp(3) return {map={a=1}}",
            "redis.setresp(3) return {big_number='12345678901234567890'}",
            "redis.setresp(3) return redis.call('INCRBYFLOAT', KEYS[1], '0.5')",
            "return string.rep('x', 200000)",
            "return string.rep('y', 1200000)",
            "return #ARGV .. ':' .. #KEYS",
            "error('on purpose')",
            "return redis.call('NOSUCH')",
            "return redis.call('BLPOP', KEYS[1], 0)",
            "return redis.call('MULTI')",
            "redis.call('SELECT', '1') return redis.call('SET', KEYS[1], 'of database 1')",
            "this is not Lua (",
            "return",
            "",
            "return cjson.encode({KEYS[1], ARGV[1]})",
            "local t = {} for i = 1, 300 do t[i] = i end return t");
    private static final String READ_ONLY = "#!lua flags=no-writes\nreturn redis.call('SET', KEYS[1], 'x')";

    Snippets(String prefix) {
        this(
                Stream.concat(
                                Stream.of(READ_ONLY + "\n--" + prefix),
                                BODIES.stream().map(body -> body + "\n--" + prefix))
                        .toList(),
                List.of(
                        library(prefix, "one", "return redis.call('SET', keys[1], args[1])", ""),
                        library(prefix, "one", "return {#keys, args[1]}", ", flags={'no-writes'}"),
                        library(prefix, "two", "return redis.call('GET', keys[1])", ", flags={'no-writes'}"),
                        library(prefix, "two", "return redis.error_reply('MINE of a function')", ""),
                        "#!lua name=" + name(prefix, "empty") + "\n",
                        "#!lua name=bad name\nreturn",
                        "#!js name=x\nreturn",
                        "no library"),
                List.of(name(prefix, "one"), name(prefix, "two"), "nosuch"),
                List.of(name(prefix, "f_one"), name(prefix, "f_two"), "nosuch"));
    }

    private static String library(String prefix, String name, String body, String flags) {
        return "#!lua name=%s\nredis.register_function{function_name='%s', callback=function(keys, args) %s end%s}"
                .formatted(name(prefix, name), name(prefix, "f_" + name), body, flags);
    }

    private static String name(String prefix, String name) {
        return prefix.replace(":", "_") + name;
    }
}
