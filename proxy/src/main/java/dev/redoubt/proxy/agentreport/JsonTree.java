package dev.redoubt.proxy.agentreport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as maps, lists, String, Long, Double, Boolean and null, by Jackson's parser alone: whole or not at all, no name twice, and of
 * bounded depth and length. Pure.
 */
final class JsonTree {
    private static final int MAX_DEPTH = 6;
    private static final int MAX_TEXT = 2_000;
    private static final int MAX_NAME = 100;
    private static final int MAX_NUMBER = 30;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonTree() {}

    /** Of a text that is one object. */
    static Map<?, ?> object(String text) throws BadReport {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                Map<?, ?> object = object(parser);
                if (parser.nextToken() == null) {
                    return object;
                }
            }
            throw new BadReport("the body must be one JSON object");
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new BadReport("the body is no JSON that is taken here, in line " + line);
        } catch (IOException e) {
            throw new UncheckedIOException("a text that is in memory", e);
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException, BadReport {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            object.put(name, value(parser, parser.nextToken()));
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException, BadReport {
        List<@Nullable Object> array = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(parser, token));
        }
        return array;
    }

    private static @Nullable Object value(JsonParser parser, @Nullable JsonToken token) throws IOException, BadReport {
        if (token == null) {
            throw new BadReport("the body ends in the middle");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new BadReport("the body is no JSON");
        };
    }
}
