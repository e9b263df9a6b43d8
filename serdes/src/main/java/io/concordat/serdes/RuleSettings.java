package io.concordat.serdes;

import io.concordat.api.Rule;
import io.concordat.api.RuleMode;
import io.concordat.api.RuleSet;
import io.concordat.api.SchemaContent;
import io.concordat.api.format.ParsedSchema;
import io.concordat.serdes.RuleStep.Act;
import io.concordat.serdes.RuleStep.Fail;
import io.concordat.serdes.RuleStep.GoOn;
import io.concordat.serdes.RuleStep.Reaction;
import io.concordat.serdes.RuleStep.Unknown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can carry out rules, and what the application's settings say about them. */
final class RuleSettings implements AutoCloseable {
    private static final String EXECUTORS = "rule.executors";
    private static final String ACTIONS = "rule.actions";
    private static final String CLASS = ".class";
    private static final String LOADER = "rule.service.loader.enable";
    private static final String ENVIRONMENT = "execution.environment";

    /** Where the rules of a schema run if it does not say otherwise. */
    private static final String EVERYWHERE = "ALL";

    /** What a serializer is if it is not told. */
    private static final String CLIENT = "CLIENT";

    private final Map<String, ?> values;
    private final Map<String, RuleExecutor> byName = new HashMap<>();
    private final Map<String, RuleExecutor> byType = new HashMap<>();
    private final Map<String, RuleAction> actions = new HashMap<>();
    private final List<AutoCloseable> own = new ArrayList<>();

    private RuleSettings(Map<String, ?> values) {
        this.values = values;
    }

    /**
     * Those handed over come first, then those named by the settings, then those on the class path.
     *
     * @throws IllegalArgumentException if a class cannot be used; the message names every setting
     */
    static RuleSettings of(
            Map<String, ?> values, ClassLoader loader, List<RuleExecutor> executors, List<RuleAction> actions) {
        RuleSettings settings = new RuleSettings(values);
        executors.forEach(executor -> settings.byType.putIfAbsent(executor.type(), executor));
        actions.forEach(action -> settings.actions.putIfAbsent(action.type(), action));
        try {
            settings.makeNamed(loader);
            if (Boolean.parseBoolean(settings.text(LOADER).orElse("true"))) {
                settings.discover(loader);
            }
        } catch (RuntimeException | Error e) {
            settings.close();
            throw e;
        }
        return settings;
    }

    private void makeNamed(ClassLoader loader) {
        List<String> problems = new ArrayList<>();
        named(EXECUTORS)
                .forEach((name, type) -> instance(RuleExecutor.class, type, loader, problems)
                        .ifPresent(made -> {
                            own.add(made);
                            byName.put(name, made);
                            byType.putIfAbsent(made.type(), made);
                            configure(EXECUTORS, name, made.type(), made::configure, problems);
                        }));
        named(ACTIONS)
                .forEach((name, type) -> instance(RuleAction.class, type, loader, problems)
                        .ifPresent(made -> {
                            own.add(made);
                            actions.put(name, made);
                            actions.putIfAbsent(made.type(), made);
                            configure(ACTIONS, name, made.type(), made::configure, problems);
                        }));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private void discover(ClassLoader loader) {
        List<String> problems = new ArrayList<>();
        ServiceLoader.load(RuleExecutor.class, loader).forEach(found -> {
            own.add(found);
            if (byType.putIfAbsent(found.type(), found) == null) {
                configure(EXECUTORS, "", found.type(), found::configure, problems);
            }
        });
        ServiceLoader.load(RuleAction.class, loader).forEach(found -> {
            own.add(found);
            if (actions.putIfAbsent(found.type(), found) == null) {
                configure(ACTIONS, "", found.type(), found::configure, problems);
            }
        });
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** The classes by the names that the settings give them: in the order of the list of names, then by name. */
    private Map<String, Object> named(String kind) {
        Map<String, Object> classes = new LinkedHashMap<>();
        Stream.concat(listed(kind), namesWithClass(kind).sorted()).forEach(name -> {
            @Nullable Object type = values.get(kind + "." + name + CLASS);
            if (type != null) {
                classes.putIfAbsent(name, type);
            }
        });
        return classes;
    }

    private Stream<String> listed(String kind) {
        @Nullable Object names = values.get(kind);
        Stream<String> all = names instanceof Collection<?> collection
                ? collection.stream().map(String::valueOf)
                : Arrays.stream(names == null ? new String[0] : names.toString().split(","));
        return all.map(String::trim);
    }

    private Stream<String> namesWithClass(String kind) {
        String prefix = kind + ".";
        return values.keySet().stream()
                .filter(key -> key.startsWith(prefix)
                        && key.endsWith(CLASS)
                        && key.length() > prefix.length() + CLASS.length())
                .map(key -> key.substring(prefix.length(), key.length() - CLASS.length()));
    }

    private static <T> Optional<T> instance(Class<T> role, Object named, ClassLoader loader, List<String> problems) {
        try {
            Class<?> type = named instanceof Class<?> given
                    ? given
                    : Class.forName(named.toString().trim(), false, loader);
            return Optional.of(type.asSubclass(role).getConstructor().newInstance());
        } catch (ReflectiveOperationException | ClassCastException e) {
            problems.add("'" + named + "' cannot be made a " + role.getSimpleName() + ": " + e);
            return Optional.empty();
        }
    }

    private void configure(String kind, String name, String type, Configuration configuration, List<String> problems) {
        Map<String, Object> settings = new HashMap<>();
        List.of("_default_", "_" + type + "_", name).forEach(owner -> {
            String prefix = kind + "." + owner + ".param.";
            values.forEach((key, value) -> {
                if (key.startsWith(prefix) && value != null) {
                    settings.put(key.substring(prefix.length()), value);
                }
            });
        });
        try {
            configuration.tell(settings);
        } catch (IllegalArgumentException e) {
            problems.add(kind + (name.isEmpty() ? " of type " + type : "." + name) + ": " + e.getMessage());
        }
    }

    /** What is to be done about a rule in a direction. */
    RuleStep step(Rule rule, RuleMode mode, ParsedSchema schema, SchemaContent stored) {
        RuleExecutor named = byName.get(rule.name());
        RuleExecutor executor = named != null && named.type().equals(rule.type()) ? named : byType.get(rule.type());
        return new RuleStep(
                rule,
                mode,
                schema,
                stored,
                executor,
                reaction(rule, mode, overridden(rule, "onSuccess").orElse(rule.onSuccess()), "NONE"),
                reaction(rule, mode, overridden(rule, "onFailure").orElse(rule.onFailure()), "ERROR"));
    }

    /** Whether the rules of a set are this process's to run. */
    boolean runsHere(RuleSet rules) {
        String where = rules.enableAt();
        return where.isEmpty()
                || where.equalsIgnoreCase(EVERYWHERE)
                || where.equalsIgnoreCase(text(ENVIRONMENT).orElse(CLIENT));
    }

    boolean isDisabled(Rule rule) {
        return rule.disabled()
                || overridden(rule, "disabled").map(Boolean::parseBoolean).orElse(false);
    }

    private Reaction reaction(Rule rule, RuleMode mode, String named, String otherwise) {
        String name = ofDirection(rule, mode, named).trim();
        return switch (name.isEmpty() ? otherwise : name) {
            case "ERROR" -> new Fail();
            case "NONE" -> new GoOn();
            default -> actions.containsKey(name) ? new Act(actions.get(name)) : new Unknown(name);
        };
    }

    /** Of two actions the first is for writing and upgrading, the second for reading and downgrading. */
    private static String ofDirection(Rule rule, RuleMode mode, String named) {
        int comma = named.indexOf(',');
        if (comma < 0 || (rule.mode() != RuleMode.WRITEREAD && rule.mode() != RuleMode.UPDOWN)) {
            return named;
        }
        return mode == RuleMode.WRITE || mode == RuleMode.UPGRADE
                ? named.substring(0, comma)
                : named.substring(comma + 1);
    }

    private Optional<String> overridden(Rule rule, String what) {
        return text(EXECUTORS + "." + rule.name() + "." + what)
                .or(() -> text(EXECUTORS + "._" + rule.type() + "_." + what))
                .or(() -> text(EXECUTORS + "._default_." + what));
    }

    private Optional<String> text(String key) {
        @Nullable Object value = values.get(key);
        return value == null ? Optional.empty() : Optional.of(value.toString().trim());
    }

    /** Closes what was not handed over. */
    @Override
    public void close() {
        for (AutoCloseable part : own) {
            closeQuietly(part);
        }
        own.clear();
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException("A " + part.getClass().getName() + " cannot be closed", e);
        }
    }

    private interface Configuration {
        void tell(Map<String, ?> settings);
    }
}
