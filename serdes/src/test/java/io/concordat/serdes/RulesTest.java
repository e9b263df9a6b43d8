package io.concordat.serdes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.api.Rule;
import io.concordat.api.RuleKind;
import io.concordat.api.RuleMode;
import io.concordat.api.RuleSet;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.api.format.CodecSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of schemas, and what carries them out. */
class RulesTest {
    private static final Subject ORDERS = Subject.value("orders");
    private static final Map<String, String> NONE = Map.of();

    private final WatchedRegistry registry = new WatchedRegistry();
    private final MovableClock clock = new MovableClock();
    private final List<String> log = new ArrayList<>();
    private final MessageSerializer serializer = builder().build();
    private final MessageSerializer adding =
            builder().ruleExecutor(new Adder(log)).build();

    private MessageSerializer.Builder builder() {
        return MessageSerializer.builder(registry.registry()).clock(clock);
    }

    private MessageSerializer withSettings(Map<String, ?> settings) {
        return builder()
                .ruleExecutor(new Adder(log))
                .ruleAction(new Noting(log))
                .settings(new CodecSettings(settings, false, RulesTest.class.getClassLoader()))
                .build();
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = RuleMode.class,
            names = {"WRITE", "WRITEREAD"})
    void encode_ruleThatNothingCarriesOut_failsTheRecordWhateverItsActions(RuleMode mode) {
        SchemaContent schema = domain(rule("mask", mode, "ENCRYPT", "", "NONE", "NONE"));
        SchemaId id = registry.register(ORDERS, schema).schemaId();
        MessageSerializer latest = builder().useLatest().build();

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> serializer.encode(id, order(1)))
                    .isInstanceOf(EncodeException.class)
                    .hasMessageContaining("the rule 'mask' of type 'ENCRYPT'")
                    .hasMessageContaining("cannot execute");
            assertThatThrownBy(() -> serializer.encode("orders", RecordPart.VALUE, schema, order(1)))
                    .isInstanceOf(EncodeException.class)
                    .hasMessageContaining("(subject 'orders-value', id " + id.id() + ")");
            assertThatThrownBy(() -> serializer.encodeAsLatest("orders", RecordPart.VALUE, order(1)))
                    .isInstanceOf(EncodeException.class);
            assertThatThrownBy(() -> latest.encode("orders", RecordPart.VALUE, order(1)))
                    .isInstanceOf(EncodeException.class);
        }
    }

    @Test
    void encode_rulesOfTheRegistryAlone_count() {
        registry.register(ORDERS, domain(rule("mask", RuleMode.WRITE, "ENCRYPT")));

        assertThatThrownBy(() -> builder().autoRegister(false).build().encode("orders", RecordPart.VALUE, order(1)))
                .as("the value's own schema has no rules")
                .isInstanceOfAny(EncodeException.class, RegistryException.class);
        assertThatThrownBy(() -> serializer.encodeAsLatest("orders", RecordPart.VALUE, order(1)))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("'mask'");
    }

    @ParameterizedTest
    @EnumSource(
            value = RuleMode.class,
            names = {"READ", "WRITEREAD"})
    void decode_ruleThatNothingCarriesOut_failsTheRecord(RuleMode mode) {
        byte[] message = message(
                registry.register(ORDERS, domain(rule("mask", mode, "ENCRYPT"))).id(), 1);

        assertThatThrownBy(() -> serializer.decode("orders", RecordPart.VALUE, message))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("'mask'");
        assertThatThrownBy(() -> serializer.decodeAsLatest("orders", RecordPart.VALUE, message))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("'mask'");
        assertThatThrownBy(() -> serializer.decodeInto(Orders.V2, "orders", RecordPart.VALUE, message))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("'mask'");
    }

    @ParameterizedTest
    @CsvSource({"NONE, true", "'ERROR,NONE', true", "'NONE,ERROR', false", "ERROR, false", "'', false", "DLQ, false"})
    void decode_ruleThatNothingCarriesOut_passesIfItsFailureIsNothing(String onFailure, boolean passes) {
        Rule rule = rule("mask", RuleMode.WRITEREAD, "ENCRYPT", "", "", onFailure);
        byte[] message = message(registry.register(ORDERS, domain(rule)).id(), 1);

        if (passes) {
            assertThat(serializer.decode("orders", RecordPart.VALUE, message)).isEqualTo(order(1));
        } else {
            assertThatThrownBy(() -> serializer.decode("orders", RecordPart.VALUE, message))
                    .isInstanceOf(DecodeException.class)
                    .hasMessageContaining("'mask'");
        }
    }

    @Test
    void decodeAsLatest_writersRuleThatTheLatestDoesNotHave_isNotSkipped() {
        byte[] message = message(
                registry.register(ORDERS, domain(rule("mask", RuleMode.READ, "ENCRYPT")))
                        .id(),
                1);
        registry.register(ORDERS, Orders.V2);

        assertThatThrownBy(() -> serializer.decodeAsLatest("orders", RecordPart.VALUE, message))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("'mask'");
    }

    @Test
    void rules_ofTheOtherDirection_areNoneOfItsBusiness() {
        SchemaContent reading = domain(rule("mask", RuleMode.READ, "ENCRYPT"));
        SchemaContent writing = domain(rule("mask", RuleMode.WRITE, "ENCRYPT"));
        byte[] written = message(registry.register(ORDERS, writing).id(), 1);

        assertThat(serializer.decode("orders", RecordPart.VALUE, written)).isEqualTo(order(1));
        assertThat(serializer.encode("payments", RecordPart.VALUE, reading, order(1)))
                .isNotNull();
    }

    @Test
    void rules_switchedOff_doNotRun() {
        Rule off = off(rule("mask", RuleMode.WRITEREAD, "ENCRYPT"));
        SchemaId id = registry.register(ORDERS, domain(off)).schemaId();

        assertThat(serializer.decode(serializer.encode(id, order(1)))).isEqualTo(order(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mask", "_ENCRYPT_", "_default_"})
    void rules_switchedOffByASetting_doNotRun(String whose) {
        SchemaId id = registry.register(ORDERS, domain(rule("mask", RuleMode.WRITEREAD, "ENCRYPT")))
                .schemaId();
        MessageSerializer lenient = withSettings(Map.of("rule.executors." + whose + ".disabled", "true"));

        assertThat(lenient.decode(lenient.encode(id, order(1)))).isEqualTo(order(1));
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', true",
        "ALL, '', true",
        "CLIENT, '', true",
        "client, '', true",
        "GATEWAY, '', false",
        "GATEWAY, GATEWAY, true",
        "CLIENT, GATEWAY, false",
        "ALL, GATEWAY, true",
    })
    void rules_enabledAtOnePlace_runThereOnly(String enabledAt, String environment, boolean run) {
        RuleSet rules = new RuleSet(List.of(), List.of(rule("mask", RuleMode.WRITE, "ENCRYPT")), List.of(), enabledAt);
        SchemaId id = registry.register(ORDERS, Orders.V1.withRuleSet(Optional.of(rules)))
                .schemaId();
        MessageSerializer here =
                withSettings(environment.isEmpty() ? NONE : Map.of("execution.environment", environment));

        if (run) {
            assertThatThrownBy(() -> here.encode(id, order(1)))
                    .isInstanceOf(EncodeException.class)
                    .hasMessageContaining("'mask'");
        } else {
            assertThat(here.encode(id, order(1))).isEqualTo(message(id.id(), 1));
        }
    }

    @Test
    void rules_onRecordsAndBytes_runInOrderAndBackwards() {
        Rule one = rule("one", RuleMode.WRITEREAD, "ADD");
        Rule two = rule("two", RuleMode.WRITEREAD, "ADD");
        Rule flip = rule("flip", RuleMode.WRITEREAD, "ADD");
        Rule turn = rule("turn", RuleMode.WRITEREAD, "ADD");
        SchemaContent schema =
                Orders.V1.withRuleSet(Optional.of(new RuleSet(List.of(), List.of(one, two), List.of(flip, turn), "")));

        byte[] message = adding.encode("orders", RecordPart.VALUE, schema, order(1));
        Object back = adding.decode("orders", RecordPart.VALUE, message);

        assertThat(log)
                .containsExactly(
                        "one WRITE {\"id\": 1}",
                        "two WRITE {\"id\": 2}",
                        "flip WRITE 06",
                        "turn WRITE 07",
                        "turn READ 08",
                        "flip READ 07",
                        "two READ {\"id\": 3}",
                        "one READ {\"id\": 2}");
        assertThat(message).isEqualTo(new byte[] {0, 0, 0, 0, 1, 8});
        assertThat(back).isEqualTo(order(1));
        assertThat(registry.calls("register")).isEqualTo(1);
    }

    @Test
    void rules_onBytesInHeaderMode_runOnTheRecordAlone() {
        SchemaContent schema = Orders.V1.withRuleSet(
                Optional.of(new RuleSet(List.of(), List.of(), List.of(rule("flip", RuleMode.WRITEREAD, "ADD")), "")));
        registry.register(ORDERS, schema);
        MessageSerializer inHeaders = builder()
                .ruleExecutor(new Adder(log))
                .useLatest()
                .idPlacement(IdPlacement.HEADER)
                .build();
        HeaderMap headers = new HeaderMap();

        byte[] message = inHeaders.encode("orders", RecordPart.VALUE, headers, order(1));

        assertThat(message).isEqualTo(new byte[] {3});
        assertThat(inHeaders.decode("orders", RecordPart.VALUE, headers, message))
                .isEqualTo(order(1));
    }

    @Test
    void conditions_areMetOrFailTheRecord() {
        Rule positive = condition("positive", "id > 0", "", "");
        registry.register(ORDERS, domain(positive));

        assertThat(adding.encodeAsLatest("orders", RecordPart.VALUE, order(1))).isNotNull();
        assertThatThrownBy(() -> adding.encodeAsLatest("orders", RecordPart.VALUE, order(-1)))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("'positive' of type 'ADD', which failed: the condition is not met: id > 0");
    }

    @Test
    void actions_ofTheApplication_followSuccessAndFailure() {
        registry.register(ORDERS, domain(condition("positive", "id > 0", "NOTE", "NOTE")));
        MessageSerializer noting = withSettings(NONE);

        noting.encodeAsLatest("orders", RecordPart.VALUE, order(1));
        noting.encodeAsLatest("orders", RecordPart.VALUE, order(-1));

        assertThat(log)
                .filteredOn(line -> line.startsWith("note"))
                .containsExactly(
                        "note positive WRITE {\"id\": 1} success",
                        "note positive WRITE {\"id\": -1} the condition is not met: id > 0");
    }

    @Test
    void actions_ofTheSettings_countInsteadOfTheRules() {
        registry.register(ORDERS, domain(condition("positive", "id > 0", "", "ERROR")));
        MessageSerializer lenient = withSettings(Map.of("rule.executors.positive.onFailure", "NONE"));
        MessageSerializer noting = withSettings(Map.of("rule.executors._ADD_.onFailure", "NOTE,ERROR"));

        assertThat(lenient.encodeAsLatest("orders", RecordPart.VALUE, order(-1)))
                .isNotNull();
        assertThat(noting.encodeAsLatest("orders", RecordPart.VALUE, order(-1))).isNotNull();
        assertThat(log).anyMatch(line -> line.startsWith("note positive"));
    }

    @Test
    void actions_thatFailOrAreUnknown_failTheRecord() {
        registry.register(ORDERS, domain(condition("positive", "id > 0", "", "DLQ")));

        assertThatThrownBy(() -> adding.encodeAsLatest("orders", RecordPart.VALUE, order(-1)))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("the condition is not met: id > 0; there is no action 'DLQ'");
        assertThatThrownBy(() -> builder()
                        .ruleExecutor(new Adder(log))
                        .ruleAction(new Broken())
                        .build()
                        .encodeAsLatest("orders", RecordPart.VALUE, order(-1)))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("its action 'DLQ' failed")
                .hasMessageContaining("no such queue");
    }

    @Test
    void transform_withoutAResult_fails() {
        registry.register(ORDERS, domain(rule("vanish", RuleMode.WRITE, "ADD")));

        assertThatThrownBy(() -> adding.encodeAsLatest("orders", RecordPart.VALUE, order(1)))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("'vanish' of type 'ADD', which failed: there is no result");
    }

    @ParameterizedTest
    @EnumSource(IdPlacement.class)
    void action_afterAFailureOnReading_seesTheMessageAsItCame(IdPlacement placement) {
        registry.register(
                ORDERS, domain(condition("positive", "id > 0", "", "ASIDE"), rule("late", RuleMode.READ, "ADD")));
        List<String> aside = new ArrayList<>();
        MessageSerializer lenient = builder()
                .idPlacement(placement)
                .useLatest()
                .ruleExecutor(new Adder(log))
                .ruleAction(new PutAside(aside))
                .build();
        HeaderMap headers = new HeaderMap();
        byte[] message = Objects.requireNonNull(lenient.encode("orders", RecordPart.VALUE, headers, order(-1)));
        ByteBuffer within =
                ByteBuffer.allocate(3 + message.length).position(3).put(message).position(3);

        lenient.decode("orders", RecordPart.VALUE, headers, message);
        lenient.decode("orders", RecordPart.VALUE, headers, within);

        String whole = HexFormat.of().formatHex(message);
        assertThat(aside).containsExactly("WRITE nothing", "READ " + whole, "READ " + whole);
    }

    private record PutAside(List<String> log) implements RuleAction {
        @Override
        public String type() {
            return "ASIDE";
        }

        @Override
        public void run(RuleContext context, Object value, @Nullable RuleException failure) {
            log.add(context.mode() + " "
                    + context.message()
                            .map(message -> {
                                byte[] bytes = new byte[message.remaining()];
                                message.get(bytes);
                                return HexFormat.of().formatHex(bytes);
                            })
                            .orElse("nothing"));
        }
    }

    @Test
    void executor_thatAsksARegistryInVain_staysRetriable() {
        registry.register(ORDERS, domain(rule("away", RuleMode.WRITEREAD, "ADD", "", "", "NONE")));

        assertThatThrownBy(() -> adding.encodeAsLatest("orders", RecordPart.VALUE, order(1)))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isRetriable()).isTrue())
                .hasMessageContaining("the value of topic 'orders' (subject 'orders-value', id 1)");
        assertThatThrownBy(() -> adding.decode("orders", RecordPart.VALUE, message(1, 1)))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isRetriable()).isTrue());
    }

    @Test
    void decode_recordPutAsideBecauseOfARule_doesNotRunItAgain() {
        SchemaContent schema = domain(rule("one", RuleMode.WRITEREAD, "ADD"), rule("two", RuleMode.WRITEREAD, "ADD"));
        HeaderMap headers = new HeaderMap();
        headers.put("__rule.name", "one".getBytes(UTF_8));
        registry.register(ORDERS, schema);
        MessageSerializer latest =
                builder().ruleExecutor(new Adder(log)).useLatest().build();

        byte[] message = latest.encode("orders", RecordPart.VALUE, headers, order(1));

        assertThat(message).as("when writing both run").endsWith(6);
        assertThat(latest.decode("orders", RecordPart.VALUE, headers, message)).isEqualTo(order(2));
    }

    @Test
    void context_tellsWhatTheRuleIsAbout() {
        Rule rule = new Rule(
                "one",
                "",
                RuleKind.TRANSFORM,
                RuleMode.WRITE,
                "SEEN",
                new TreeSet<>(List.of("PII")),
                new TreeMap<>(Map.of("step", "5")),
                "",
                "",
                "",
                false);
        registry.register(ORDERS, domain(rule).withProperties(Map.of("owner", "me", "step", "6")));
        List<RuleContext> seen = new ArrayList<>();
        HeaderMap headers = new HeaderMap();
        MessageSerializer looking = builder()
                .useLatest()
                .ruleExecutor(executor("SEEN", (context, value) -> {
                    seen.add(context);
                    return value;
                }))
                .build();

        looking.encode("orders", RecordPart.VALUE, headers, order(1));

        RuleContext context = seen.get(0);
        assertThat(context.rule()).isEqualTo(rule);
        assertThat(context.mode()).isEqualTo(RuleMode.WRITE);
        assertThat(context.topic()).contains("orders");
        assertThat(context.part()).contains(RecordPart.VALUE);
        assertThat(context.subject()).contains(ORDERS);
        assertThat(context.headers()).contains(headers);
        assertThat(context.schema().recordName()).contains("shop.Order");
        assertThat(context.parameter("step")).contains("5");
        assertThat(context.parameter("owner")).contains("me");
        assertThat(context.parameter("other")).isEmpty();
    }

    @Test
    void decodeAsLatest_migrationRules_runVersionByVersion() {
        byte[] first = message(registry.register(ORDERS, Orders.V1).id(), 1);
        registry.register(ORDERS, Orders.V2.withRuleSet(migrations(rule("second", RuleMode.UPGRADE, "ADD"))));
        registry.register(
                ORDERS, Orders.V2.withProperties(Map.of("step", "none")).withRuleSet(migrations()));
        registry.register(
                ORDERS,
                Orders.V3.withRuleSet(
                        migrations(rule("third", RuleMode.UPDOWN, "ADD"), rule("down", RuleMode.DOWNGRADE, "ADD"))));
        registry.registry().deleteVersion(ORDERS, VersionSpec.of(2), false);

        for (int i = 0; i < 3; i++) {
            assertThat(adding.decodeAsLatest("orders", RecordPart.VALUE, first)).isEqualTo(order(Orders.V3, 3));
        }
        assertThat(log.subList(0, 2)).containsExactly("second UPGRADE {\"id\": 1}", "third UPGRADE {\"id\": 2}");
        assertThat(registry.calls("version")).as("the latest, and two between").isEqualTo(4 - 1);
    }

    @Test
    void decodeAsLatest_olderVersionByMetadata_runsDowngradesBackwards() {
        registry.register(ORDERS, Orders.V1.withProperties(Map.of("line", "1")));
        registry.register(
                ORDERS,
                Orders.V2
                        .withProperties(Map.of("line", "2"))
                        .withRuleSet(
                                migrations(rule("a", RuleMode.UPDOWN, "ADD"), rule("b", RuleMode.DOWNGRADE, "ADD"))));
        int third = registry.register(ORDERS, Orders.V3.withRuleSet(migrations(rule("c", RuleMode.DOWNGRADE, "ADD"))))
                .id();
        MessageSerializer old = builder()
                .ruleExecutor(new Adder(log))
                .useLatestWith(Map.of("line", "1"))
                .build();

        Object value =
                old.decode("orders", RecordPart.VALUE, serializer.encode(SchemaId.of(third), order(Orders.V3, 9)));

        assertThat(log)
                .extracting(line -> line.substring(0, line.indexOf(' ', 2)))
                .containsExactly("c DOWNGRADE", "b DOWNGRADE", "a DOWNGRADE");
        assertThat(value).isEqualTo(order(6));
    }

    @Test
    void decodeAsLatest_migrationThatNothingCarriesOut_failsRecordsOfOtherVersions() {
        byte[] old = message(registry.register(ORDERS, Orders.V1).id(), 1);
        int latest = registry.register(
                        ORDERS, Orders.V2.withRuleSet(migrations(rule("mask", RuleMode.UPGRADE, "ENCRYPT"))))
                .id();
        byte[] current = serializer.encode(SchemaId.of(latest), order(Orders.V2, 1));

        assertThatThrownBy(() -> serializer.decodeAsLatest("orders", RecordPart.VALUE, old))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("'mask'");
        assertThat(serializer.decodeAsLatest("orders", RecordPart.VALUE, current))
                .isEqualTo(order(Orders.V2, 1));
    }

    @Test
    void decodeAsLatest_schemaOfAnotherSubject_isNotTakenForUnmigrated() {
        byte[] foreign =
                message(registry.register(Subject.value("other"), Orders.V1).id(), 1);
        registry.register(ORDERS, Orders.V2.withRuleSet(migrations(rule("mask", RuleMode.UPGRADE, "ADD"))));

        assertThatThrownBy(() -> adding.decodeAsLatest("orders", RecordPart.VALUE, foreign))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("no version of 'orders-value'")
                .hasMessageContaining("'mask'");
    }

    @Test
    void decodeAsLatest_neighbouringVersions_askNothingMore() {
        byte[] old = message(registry.register(ORDERS, Orders.V1).id(), 1);
        registry.register(ORDERS, Orders.V2);

        assertThat(serializer.decodeAsLatest("orders", RecordPart.VALUE, old)).isEqualTo(order(Orders.V2, 1));
        assertThat(registry.calls()).as("the id, and the latest version").isEqualTo(2);
    }

    @Test
    void encodeAsLatest_ruleThatComesLater_failsFromThenOn() {
        registry.register(ORDERS, Orders.V1);
        assertThat(serializer.encodeAsLatest("orders", RecordPart.VALUE, order(1)))
                .isNotNull();
        registry.register(ORDERS, domain(rule("mask", RuleMode.WRITE, "ENCRYPT")));
        clock.advance(Duration.ofMinutes(1));

        assertThatThrownBy(() -> serializer.encodeAsLatest("orders", RecordPart.VALUE, order(1)))
                .isInstanceOf(EncodeException.class);
    }

    @Test
    void settings_namedClasses_areMadeToldAndClosed() {
        registry.register(
                ORDERS,
                domain(rule("first", RuleMode.WRITE, "MADE", "", "KEEP", ""), rule("x", RuleMode.WRITE, "MADE")));
        MessageSerializer made = builder()
                .settings(new CodecSettings(
                        Map.of(
                                "rule.executors", "second, first",
                                "rule.executors.first.class", Made.class.getName(),
                                "rule.executors.first.param.by", "2",
                                "rule.executors.second.class", Made.class,
                                "rule.executors._MADE_.param.by", "10",
                                "rule.executors._default_.param.by", "100",
                                "rule.actions", "keep",
                                "rule.actions.KEEP.class", MadeAction.class.getName(),
                                "rule.actions._default_.param.where", "here"),
                        false,
                        RulesTest.class.getClassLoader()))
                .build();
        Made.TOLD.clear();

        byte[] message = made.encodeAsLatest("orders", RecordPart.VALUE, order(1));
        made.close();

        assertThat(Objects.requireNonNull(message)[5] / 2)
                .as("2 by the rule's own executor, and 10 by the first of its type")
                .isEqualTo(1 + 2 + 10);
        assertThat(Made.TOLD).containsExactlyInAnyOrder("kept here", "closed 2", "closed 10");
    }

    @Test
    void settings_classesThatAreNone_areAllNamed() {
        assertThatThrownBy(() -> withSettings(Map.of(
                        "rule.executors.a.class",
                        "com.acme.Missing",
                        "rule.executors.b.class",
                        String.class,
                        "rule.actions.c.class",
                        MadeAction.class,
                        "rule.actions.c.param.where",
                        "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'com.acme.Missing' cannot be made a RuleExecutor")
                .hasMessageContaining("java.lang.String")
                .hasMessageContaining("rule.actions.c: where?");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", "'', true"})
    void classPath_holdsExecutorsUnlessSwitchedOff(String enabled, boolean found) {
        registry.register(ORDERS, domain(rule("one", RuleMode.WRITE, "INSTALLED")));
        MessageSerializer installed =
                withSettings(enabled.isEmpty() ? NONE : Map.of("rule.service.loader.enable", enabled));

        if (found) {
            assertThat(installed.encodeAsLatest("orders", RecordPart.VALUE, order(1)))
                    .isNotNull();
        } else {
            assertThatThrownBy(() -> installed.encodeAsLatest("orders", RecordPart.VALUE, order(1)))
                    .isInstanceOf(EncodeException.class)
                    .hasMessageContaining("'one'");
        }
    }

    private static GenericRecord order(int id) {
        return order(Orders.V1, id);
    }

    private static GenericRecord order(SchemaContent schema, int id) {
        GenericRecord order = Orders.order(schema, id);
        if (schema.equals(Orders.V3)) {
            order.put("memo", "");
        }
        return order;
    }

    private static SchemaContent domain(Rule... rules) {
        return Orders.V1.withRuleSet(Optional.of(new RuleSet(List.of(), List.of(rules), List.of(), "")));
    }

    private static Optional<RuleSet> migrations(Rule... rules) {
        return Optional.of(new RuleSet(List.of(rules), List.of(), List.of(), ""));
    }

    private static Rule rule(String name, RuleMode mode, String type) {
        return rule(name, mode, type, "", "", "");
    }

    private static Rule rule(String name, RuleMode mode, String type, String expr, String onSuccess, String onFailure) {
        return new Rule(
                name,
                "",
                RuleKind.TRANSFORM,
                mode,
                type,
                new TreeSet<>(),
                new TreeMap<>(),
                expr,
                onSuccess,
                onFailure,
                false);
    }

    private static Rule condition(String name, String expr, String onSuccess, String onFailure) {
        return new Rule(
                name,
                "",
                RuleKind.CONDITION,
                RuleMode.WRITEREAD,
                "ADD",
                new TreeSet<>(),
                new TreeMap<>(),
                expr,
                onSuccess,
                onFailure,
                false);
    }

    private static Rule off(Rule rule) {
        return new Rule(
                rule.name(),
                rule.doc(),
                rule.kind(),
                rule.mode(),
                rule.type(),
                rule.tags(),
                rule.params(),
                rule.expr(),
                rule.onSuccess(),
                rule.onFailure(),
                true);
    }

    /** An order of the first version. */
    private static byte[] message(int id, int number) {
        return ByteBuffer.allocate(6)
                .put((byte) 0)
                .putInt(id)
                .put((byte) (number << 1))
                .array();
    }

    private static RuleExecutor executor(String type, Execution execution) {
        return new RuleExecutor() {
            @Override
            public String type() {
                return type;
            }

            @Override
            public @Nullable Object execute(RuleContext context, Object value) {
                return execution.of(context, value);
            }
        };
    }

    private interface Execution {
        @Nullable
        Object of(RuleContext context, Object value);
    }

    /** Adds one to orders and bytes when writing and upgrading, takes one away when reading and downgrading. */
    private static final class Adder implements RuleExecutor {
        private final List<String> log;

        private Adder(List<String> log) {
            this.log = log;
        }

        @Override
        public String type() {
            return "ADD";
        }

        @Override
        public @Nullable Object execute(RuleContext context, Object value) {
            if (context.rule().name().equals("vanish")) {
                return null;
            }
            if (context.rule().name().equals("away")) {
                throw new RegistryException(ErrorCode.UNREACHABLE, "no keys today");
            }
            boolean forward = context.mode() == RuleMode.WRITE || context.mode() == RuleMode.UPGRADE;
            if (context.rule().kind() == RuleKind.CONDITION) {
                return (Integer) ((GenericRecord) value).get("id") > 0;
            }
            log.add(context.rule().name() + " " + context.mode() + " " + shown(value));
            return moved(value, forward ? 1 : -1);
        }

        private static String shown(Object value) {
            return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
        }
    }

    private static Object moved(Object value, int by) {
        if (value instanceof byte[] bytes) {
            byte[] moved = bytes.clone();
            moved[0] += (byte) by;
            return moved;
        }
        GenericRecord moved = new GenericData.Record((GenericData.Record) value, true);
        moved.put("id", (Integer) moved.get("id") + by);
        return moved;
    }

    /** Notes what it is told, and lets the record pass. */
    private record Noting(List<String> log) implements RuleAction {
        @Override
        public String type() {
            return "NOTE";
        }

        @Override
        public void run(RuleContext context, Object value, @Nullable RuleException failure) {
            log.add("note " + context.rule().name() + " " + context.mode() + " " + value + " "
                    + (failure == null ? "success" : failure.getMessage()));
        }
    }

    private record Broken() implements RuleAction {
        @Override
        public String type() {
            return "DLQ";
        }

        @Override
        public void run(RuleContext context, Object value, @Nullable RuleException failure) {
            throw new IllegalStateException("no such queue");
        }
    }

    /** An executor that the settings name. */
    public static final class Made implements RuleExecutor {
        static final List<String> TOLD = new ArrayList<>();

        private int by;

        @Override
        public String type() {
            return "MADE";
        }

        @Override
        public void configure(Map<String, ?> settings) {
            by = Integer.parseInt(String.valueOf(settings.get("by")));
        }

        @Override
        public Object execute(RuleContext context, Object value) {
            return moved(value, by);
        }

        @Override
        public void close() {
            TOLD.add("closed " + by);
        }
    }

    /** An action that the settings name. */
    public static final class MadeAction implements RuleAction {
        private String where = "";

        @Override
        public String type() {
            return "MADE";
        }

        @Override
        public void configure(Map<String, ?> settings) {
            where = String.valueOf(settings.get("where"));
            if (where.isEmpty()) {
                throw new IllegalArgumentException("where?");
            }
        }

        @Override
        public void run(RuleContext context, Object value, @Nullable RuleException failure) {
            Made.TOLD.add("kept " + where);
        }
    }

    /** An executor on the class path. */
    public static final class Installed implements RuleExecutor {
        @Override
        public String type() {
            return "INSTALLED";
        }

        @Override
        public Object execute(RuleContext context, Object value) {
            return value;
        }
    }
}
