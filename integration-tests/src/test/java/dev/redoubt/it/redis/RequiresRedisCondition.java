package dev.redoubt.it.redis;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides for {@link RequiresRedis}. */
final class RequiresRedisCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), RequiresRedis.class)
                .map(required -> decide(RedisVersion.parse(required.value()), RedisSource.version()))
                .orElseGet(() -> ConditionEvaluationResult.enabled("any Redis will do"));
    }

    static ConditionEvaluationResult decide(RedisVersion needed, RedisVersion found) {
        return found.isAtLeast(needed)
                ? ConditionEvaluationResult.enabled("Redis " + found)
                : ConditionEvaluationResult.disabled("needs Redis " + needed + " and found " + found);
    }
}
