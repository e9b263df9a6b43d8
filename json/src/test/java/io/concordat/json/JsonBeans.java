package io.concordat.json;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** Plain classes whose schema is recorded. */
@NullUnmarked
public class JsonBeans {
    /** Each of these classes. */
    interface Bean {}

    /** A person. */
    public static class Person implements Bean {
        public String firstName;
        public String lastName;
        public int age;
    }

    /** A property of every kind. */
    public static class Kinds implements Bean {
        public boolean flag;
        public Boolean flagBox;
        public int i;
        public Integer iBox;
        public long l;
        public Long lBox;
        public float f;
        public double d;
        public BigDecimal dec;
        public BigInteger big;
        public String s;
        public byte[] bytes;
        public List<String> list;
        public Map<String, Integer> map;
        public Mode mode;
        public Person person;
        public List<Person> people;
        public Optional<String> opt = Optional.empty();
        public UUID uuid;
    }

    /** Two of them. */
    public enum Mode {
        SLOW,
        FAST
    }

    /** Dates and times. */
    @SuppressWarnings("JavaUtilDate")
    public static class Dates implements Bean {
        public LocalDate day = LocalDate.of(2024, 2, 29);
        public LocalTime time = LocalTime.parse("12:34:56.789");
        public LocalDateTime local = LocalDateTime.of(day, time);
        public Instant instant = Instant.parse("2024-02-29T12:34:56.789123456Z");
        public OffsetDateTime offset = OffsetDateTime.parse("2024-02-29T12:34:56.789+02:00");
        public ZonedDateTime zoned = ZonedDateTime.parse("2024-02-29T12:34:56Z");
        public Duration duration = Duration.ofSeconds(3661, 5);
        public Date old = new Date(1709210096789L);
    }

    /** Annotated properties. */
    public static class Named implements Bean {
        @JsonProperty("full_name")
        public String name;

        @JsonIgnore
        public String hidden = "h";

        @JsonProperty(required = true)
        public int must;

        @JsonPropertyDescription("how many")
        public Integer count;
    }

    /** A list. */
    public static class Node implements Bean {
        public int value;
        public Node next;
    }
}
