// The registry client and the serializers of confluent-kafka-go, with its producer and consumer, which are librdkafka.
package main

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	checks "concordat.io/interop/kit/go"
	"github.com/confluentinc/confluent-kafka-go/v2/kafka"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/rest"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde/avrov2"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde/jsonschema"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde/protobuf"
	"github.com/hamba/avro/v2"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/dynamicpb"
)

const name = "confluent-go"

var (
	client = connect(checks.Variable("REGISTRY_URL"))
	all    = checks.Samples(name)
)

func connect(url string) schemaregistry.Client {
	config := schemaregistry.NewConfig(url)
	config.MaxRetries = 0
	return checks.Must(schemaregistry.NewClient(config))
}

func main() {
	fmt.Println("version", checks.ModuleVersion("github.com/confluentinc/confluent-kafka-go/v2"))
	checks.Run("api", api)
	names, groups := checks.Groups(all)
	for _, group := range names {
		checks.Run(group, func(g *checks.Group) {
			for _, row := range groups[group] {
				exchange(g, row, serde.PrefixSchemaIDSerializer, nil)
			}
		})
	}
	checks.Run("headers", func(g *checks.Group) {
		for _, row := range all {
			exchange(g, row, serde.HeaderSchemaIDSerializer,
				map[string]string{"value.schema.id.serializer": "io.confluent.kafka.serializers.schema.id.HeaderSchemaIdSerializer"})
		}
	})
	checks.Run("kafka", throughKafka)
	checks.Run("evolution", evolution)
	checks.Run("vectors", vectors)
	checks.Finish()
}

// fails passes if the registry refused with that code.
func fails(err error, code int) error {
	var refused *rest.Error
	if !errors.As(err, &refused) {
		return fmt.Errorf("expected %d, got %v", code, err)
	}
	return checks.Same(refused.Code, code)
}

func each(errs ...error) error {
	return errors.Join(errs...)
}

func record(name string, fields ...string) schemaregistry.SchemaInfo {
	text := `{"type":"record","name":"` + name + `","namespace":"confluentgo","fields":[` + strings.Join(fields, ",") + `]}`
	return schemaregistry.SchemaInfo{Schema: text, SchemaType: "AVRO"}
}

func api(g *checks.Group) {
	const a, b = `{"name":"a","type":"string"}`, `{"name":"b","type":"int","default":0}`
	subject := name + "-api"
	first, second, other := record("Api", a), record("Api", a, b), record("Api", `{"name":"x","type":"int"}`)
	fresh := func() schemaregistry.Client { return connect(checks.Variable("REGISTRY_URL")) }
	var one schemaregistry.SchemaMetadata

	g.Check("Register", func() error {
		id, err := client.Register(subject, first, false)
		again, err2 := fresh().Register(subject, first, true)
		return each(err, err2, checks.Same(again, id))
	})
	g.Check("RegisterFullResponse", func() (err error) {
		one, err = fresh().RegisterFullResponse(subject, first, false)
		return each(err, checks.Same([]any{one.Version, one.Schema, one.GUID != ""}, []any{1, first.Schema, true}))
	})
	g.Check("GetBySubjectAndID", func() error {
		found, err := fresh().GetBySubjectAndID(subject, one.ID)
		_, unknown := client.GetBySubjectAndID(subject, 999999)
		return each(err, checks.Same(found.Schema, first.Schema), fails(unknown, 40403))
	})
	g.Check("GetByGUID", func() error {
		found, err := fresh().GetByGUID(one.GUID)
		return each(err, checks.Same(found.Schema, first.Schema))
	})
	g.Check("GetSubjectsAndVersionsByID", func() error {
		found, err := client.GetSubjectsAndVersionsByID(one.ID)
		return each(err, checks.Same(found, []schemaregistry.SubjectAndVersion{{Subject: subject, Version: 1}}))
	})
	g.Check("GetID, GetIDFullResponse", func() error {
		id, err := fresh().GetID(subject, first, false)
		full, err2 := fresh().GetIDFullResponse(subject, first, true)
		_, unknown := client.GetID(subject, other, false)
		return each(err, err2, checks.Same([]any{id, full.GUID, full.Version}, []any{one.ID, one.GUID, 1}), fails(unknown, 40403))
	})
	g.Check("a second version", func() error {
		_, err := client.Register(subject, second, false)
		versions, err2 := client.GetAllVersions(subject)
		return each(err, err2, checks.Same(versions, []int{1, 2}))
	})
	g.Check("GetLatestSchemaMetadata, GetSchemaMetadata", func() error {
		latest, err := client.GetLatestSchemaMetadata(subject)
		found, err2 := client.GetSchemaMetadata(subject, 1)
		_, version := client.GetSchemaMetadata(subject, 9)
		_, unknown := client.GetLatestSchemaMetadata("nobody")
		return each(err, err2, checks.Same([]any{latest.Version, latest.Schema}, []any{2, second.Schema}),
			checks.Same([]any{found.ID, found.GUID, found.Subject, found.Version}, []any{one.ID, one.GUID, subject, 1}),
			fails(version, 40402), fails(unknown, 40401))
	})
	g.Check("GetVersion", func() error {
		version, err := client.GetVersion(subject, second, false)
		return each(err, checks.Same(version, 2))
	})
	g.Check("metadata and rules", func() error {
		schema := first
		schema.Metadata = &schemaregistry.Metadata{Tags: map[string][]string{"**.a": {"PII"}}, Properties: map[string]string{"owner": "me"}, Sensitive: []string{"owner"}}
		schema.RuleSet = &schemaregistry.RuleSet{DomainRules: []schemaregistry.Rule{{Name: "r", Kind: "CONDITION", Mode: "WRITE", Type: "CEL", Expr: "true"}}}
		_, err := client.Register(subject+"-rules", schema, false)
		found, err2 := client.GetLatestWithMetadata(subject+"-rules", map[string]string{"owner": "me"}, false)
		_, unknown := client.GetLatestWithMetadata(subject+"-rules", map[string]string{"owner": "you"}, false)
		return each(err, err2, checks.Same(found.Metadata, schema.Metadata), checks.Same(found.RuleSet, schema.RuleSet), fails(unknown, 40403))
	})
	g.Check("GetAllSubjects, GetAllContexts", func() error {
		subjects, err := client.GetAllSubjects()
		contexts, err2 := client.GetAllContexts()
		return each(err, err2, checks.Same([]bool{slices.Contains(subjects, subject), slices.Contains(contexts, ".")}, []bool{true, true}))
	})
	g.Check("TestCompatibility, TestSubjectCompatibility", func() error {
		good, err := client.TestCompatibility(subject, 1, second)
		bad, err2 := client.TestCompatibility(subject, 1, other)
		goodAll, err3 := client.TestSubjectCompatibility(subject, second)
		badAll, err4 := client.TestSubjectCompatibility(subject, other)
		return each(err, err2, err3, err4, checks.Same([]bool{good, bad, goodAll, badAll}, []bool{true, false, true, false}))
	})
	g.Check("what is refused", func() error {
		_, incompatible := client.Register(subject, other, false)
		_, invalid := client.Register(subject, schemaregistry.SchemaInfo{Schema: "{", SchemaType: "AVRO"}, false)
		return each(fails(incompatible, 40901), fails(invalid, 42201))
	})
	g.Check("compatibility of a subject", func() error {
		_, unset := client.GetCompatibility(subject)
		failed := []error{fails(unset, 40408)}
		for level := schemaregistry.Compatibility(schemaregistry.None); level <= schemaregistry.FullTransitive; level++ {
			set, err := client.UpdateCompatibility(subject, level)
			got, err2 := client.GetCompatibility(subject)
			failed = append(failed, err, err2, checks.Same([]any{set, got}, []any{level, level}))
		}
		return each(failed...)
	})
	g.Check("the default compatibility and configuration", func() error {
		before, err := client.GetDefaultCompatibility()
		set, err2 := client.UpdateDefaultCompatibility(schemaregistry.Full)
		config, err3 := client.GetDefaultConfig()
		_, err4 := client.UpdateDefaultConfig(schemaregistry.ServerConfig{CompatibilityUpdate: before})
		after, err5 := client.GetDefaultCompatibility()
		full := schemaregistry.Compatibility(schemaregistry.Full)
		return each(err, err2, err3, err4, err5, checks.Same([]any{set, config.CompatibilityLevel, after}, []any{full, full, before}))
	})
	g.Check("configuration of a subject", func() error {
		config := schemaregistry.ServerConfig{CompatibilityUpdate: schemaregistry.Full, Normalize: true, Alias: subject, CompatibilityGroup: "major",
			DefaultMetadata: &schemaregistry.Metadata{Properties: map[string]string{"a": "1"}}, OverrideMetadata: &schemaregistry.Metadata{Properties: map[string]string{"b": "2"}}}
		_, err := client.UpdateConfig(subject+"-config", config)
		got, err2 := client.GetConfig(subject+"-config", false)
		inherited, err3 := client.GetConfig(subject+"-none", true)
		_, unset := client.GetConfig(subject+"-none", false)
		config.CompatibilityUpdate, config.CompatibilityLevel = 0, config.CompatibilityUpdate
		return each(err, err2, err3, checks.Same(got, config), checks.Same(inherited.CompatibilityLevel != 0, true), fails(unset, 40408))
	})
	g.Check("DeleteSubjectVersion", func() error {
		_, early := client.DeleteSubjectVersion(subject, 1, true)
		soft, err := client.DeleteSubjectVersion(subject, 1, false)
		versions, err2 := client.GetAllVersions(subject)
		shown, err3 := fresh().GetSchemaMetadataIncludeDeleted(subject, 1, true)
		version, err4 := fresh().GetVersionIncludeDeleted(subject, first, false, true)
		_, hidden := fresh().GetSchemaMetadata(subject, 1)
		hard, err5 := client.DeleteSubjectVersion(subject, 1, true)
		return each(err, err2, err3, err4, err5, fails(early, 40407), fails(hidden, 40402),
			checks.Same([]any{soft, hard, versions, shown.ID, version}, []any{1, 1, []int{2}, one.ID, 1}))
	})
	g.Check("DeleteSubject", func() error {
		_, early := client.DeleteSubject(subject, true)
		soft, err := client.DeleteSubject(subject, false)
		_, gone := fresh().GetAllVersions(subject)
		hard, err2 := client.DeleteSubject(subject, true)
		return each(err, err2, fails(early, 40405), fails(gone, 40401), checks.Same(soft, []int{2}), checks.Same(hard, []int{2}))
	})
	g.Check("references", func() error {
		row := all[slices.IndexFunc(all, func(row checks.Row) bool { return row.SchemaType == "JSON" && len(row.References) > 0 })]
		register(row, topicOf(row))
		found, err := client.GetLatestSchemaMetadata(topicOf(row) + "-value")
		_, used := client.DeleteSubject(row.Referenced[0].Subject, false)
		return each(err, checks.Same(found.References, infoOf(row).References), fails(used, 42206))
	})
	g.Check("a context", func() error {
		there := connect(checks.Variable("REGISTRY_URL") + "/contexts/." + name)
		id, err := there.Register("there", first, false)
		found, err2 := client.GetLatestSchemaMetadata(":." + name + ":there")
		contexts, err3 := client.GetAllContexts()
		return each(err, err2, err3, checks.Same([]any{id, found.GUID, slices.Contains(contexts, "."+name)}, []any{1, one.GUID, true}))
	})
	g.Check("ClearCaches, ClearLatestCaches, Close", func() error {
		client := fresh()
		return each(client.ClearLatestCaches(), client.ClearCaches(), client.Close())
	})
}

func topicOf(row checks.Row) string {
	return name + "-" + strings.ToLower(row.SchemaType) + "-" + row.Name
}

func infoOf(row checks.Row) schemaregistry.SchemaInfo {
	info := schemaregistry.SchemaInfo{Schema: row.Schema, SchemaType: row.SchemaType}
	for _, reference := range row.References {
		info.References = append(info.References, schemaregistry.Reference(reference))
	}
	return info
}

func register(row checks.Row, topic string) {
	for _, referenced := range row.Referenced {
		checks.Must(client.Register(referenced.Subject, infoOf(referenced), false))
	}
	checks.Must(client.Register(topic+"-value", infoOf(row), false))
}

func parse(row checks.Row, text string) avro.Schema {
	cache := &avro.SchemaCache{}
	for _, referenced := range row.Referenced {
		checks.Must(avro.ParseBytesWithCache([]byte(referenced.Schema), "", cache))
	}
	return checks.Must(avro.ParseBytesWithCache([]byte(text), "", cache))
}

// write is what a producer of these classes does with the latest version of a subject.
func write(row checks.Row, topic string, id serde.SchemaIDSerializerFunc) ([]kafka.Header, []byte, error) {
	latest := *serde.NewSerializerConfig()
	latest.AutoRegisterSchemas, latest.UseLatestVersion = false, true
	on := connect(checks.Variable("REGISTRY_URL"))
	switch row.SchemaType {
	case "AVRO":
		config := avrov2.NewSerializerConfig()
		config.SerializerConfig = latest
		serializer := checks.Must(avrov2.NewSerializer(on, serde.ValueSerde, config))
		serializer.SchemaIDSerializer = id
		value := checks.AvroValue(parse(row, row.Schema), checks.Parse(row.Value))
		return serializer.SerializeWithHeaders(topic, &value)
	case "JSON":
		config := jsonschema.NewSerializerConfig()
		config.SerializerConfig, config.EnableValidation = latest, true
		serializer := checks.Must(jsonschema.NewSerializer(on, serde.ValueSerde, config))
		serializer.SchemaIDSerializer = id
		var value any
		if err := json.Unmarshal(row.Value, &value); err != nil {
			return nil, nil, err
		}
		return serializer.SerializeWithHeaders(topic, &value)
	}
	config := protobuf.NewSerializerConfig()
	config.SerializerConfig = latest
	serializer := checks.Must(protobuf.NewSerializer(on, serde.ValueSerde, config))
	serializer.SchemaIDSerializer = id
	descriptor, _ := checks.TextsOf(row).MessageType(row.Message)
	return serializer.SerializeWithHeaders(topic, checks.ProtobufValue(descriptor, row.Value))
}

// read is what a consumer of these classes does: the value as JSON. The row tells the schema that it reads into.
func read(on schemaregistry.Client, row checks.Row, topic string, part serde.Type, headers []kafka.Header, bytes []byte, settings serde.DeserializerConfig) (any, error) {
	switch row.SchemaType {
	case "AVRO":
		config := avrov2.NewDeserializerConfig()
		config.DeserializerConfig = settings
		deserializer := checks.Must(avrov2.NewDeserializer(on, part, config))
		var value any
		if err := deserializer.DeserializeWithHeadersInto(topic, headers, bytes, &value); err != nil {
			return nil, err
		}
		return checks.AvroJSON(parse(row, row.Schema), value), nil
	case "JSON":
		config := jsonschema.NewDeserializerConfig()
		config.DeserializerConfig = settings
		deserializer := checks.Must(jsonschema.NewDeserializer(on, part, config))
		var value any
		if err := deserializer.DeserializeWithHeadersInto(topic, headers, bytes, &value); err != nil {
			return nil, err
		}
		return checks.Parse(checks.Must(json.Marshal(value))), nil
	}
	config := protobuf.NewDeserializerConfig()
	config.DeserializerConfig = settings
	deserializer := checks.Must(protobuf.NewDeserializer(on, part, config))
	descriptor, _ := checks.TextsOf(row).MessageType(row.Message)
	if err := deserializer.ProtoRegistry.RegisterMessage(dynamicpb.NewMessageType(descriptor)); err != nil {
		return nil, err
	}
	value, err := deserializer.DeserializeWithHeaders(topic, headers, bytes)
	if err != nil {
		return nil, err
	}
	return checks.Parse(checks.ProtobufJSON(value.(proto.Message))), nil
}

// ourSettings have ours write Protobuf with the schema that is registered: one of its own making spells maps out, which this client
// takes for an error.
func ourSettings(row checks.Row, more map[string]string) map[string]string {
	settings := maps.Clone(more)
	if row.SchemaType == "PROTOBUF" {
		if settings == nil {
			settings = map[string]string{}
		}
		settings["auto.register.schemas"], settings["use.latest.version"] = "false", "true"
	}
	return settings
}

func hexOf(headers []kafka.Header) map[string]string {
	all := map[string]string{}
	for _, header := range headers {
		all[header.Key] = hex.EncodeToString(header.Value)
	}
	return all
}

func headersOf(all map[string]string) (headers []kafka.Header) {
	for key, value := range all {
		headers = append(headers, kafka.Header{Key: key, Value: checks.Must(hex.DecodeString(value))})
	}
	return headers
}

func exchange(g *checks.Group, row checks.Row, id serde.SchemaIDSerializerFunc, settings map[string]string) {
	topic := topicOf(row)
	g.Check(row.Name+", written here", func() error {
		register(row, topic)
		headers, bytes, err := write(row, topic, id)
		if err != nil {
			return err
		}
		answer, err := checks.Peer("decode", map[string]any{"topic": topic, "bytesHex": hex.EncodeToString(bytes), "headers": hexOf(headers)})
		if err != nil {
			return err
		}
		back, err := read(client, row, topic, serde.ValueSerde, headers, bytes, *serde.NewDeserializerConfig())
		return each(err, checks.SameJSON(answer.Value, row.Value), checks.Same(back, checks.Parse(row.Value)))
	})
	g.Check(row.Name+", written by ours", func() error {
		answer, err := checks.Peer("encode", row.Request(topic, ourSettings(row, settings)))
		if err != nil {
			return err
		}
		back, err := read(client, row, topic, serde.ValueSerde, headersOf(answer.Headers), answer.Bytes(), *serde.NewDeserializerConfig())
		return each(err, checks.Same(len(answer.Headers), len(settings)), checks.Same(back, checks.Parse(row.Value)))
	})
}

func throughKafka(g *checks.Group) {
	var topics []string
	for _, row := range all {
		topics = append(topics, topicOf(row))
	}
	producer := checks.Must(kafka.NewProducer(&kafka.ConfigMap{"bootstrap.servers": checks.Variable("BOOTSTRAP_SERVERS")}))
	defer producer.Close()
	for i, row := range all {
		g.Check(row.SchemaType+" "+row.Name+", read by ours", func() error {
			register(row, topics[i])
			headers, bytes, err := write(row, topics[i], []serde.SchemaIDSerializerFunc{serde.PrefixSchemaIDSerializer, serde.HeaderSchemaIDSerializer}[i%2])
			if err != nil {
				return err
			}
			reports := make(chan kafka.Event, 1)
			partition := kafka.TopicPartition{Topic: &topics[i], Partition: kafka.PartitionAny}
			if err := producer.Produce(&kafka.Message{TopicPartition: partition, Value: bytes, Headers: headers}, reports); err != nil {
				return err
			}
			if err := (<-reports).(*kafka.Message).TopicPartition.Error; err != nil {
				return err
			}
			_, err = checks.Peer("produce", row.Request(topics[i], ourSettings(row, nil)))
			read, err2 := checks.Peer("consume", map[string]any{"topic": topics[i], "count": 2})
			if err := each(err, err2); err != nil {
				return err
			}
			return each(checks.SameJSON(read.Records[0].Value, row.Value), checks.SameJSON(read.Records[1].Value, row.Value))
		})
	}
	consumer := checks.Must(kafka.NewConsumer(&kafka.ConfigMap{"bootstrap.servers": checks.Variable("BOOTSTRAP_SERVERS"), "group.id": name, "auto.offset.reset": "earliest"}))
	defer consumer.Close()
	if err := consumer.SubscribeTopics(topics, nil); err != nil {
		panic(err)
	}
	end := time.Now().Add(time.Minute)
	left := 2 * len(all)
	for left > 0 && time.Now().Before(end) {
		record, ok := consumer.Poll(500).(*kafka.Message)
		if !ok {
			continue
		}
		left--
		row := all[slices.Index(topics, *record.TopicPartition.Topic)]
		g.Check(row.SchemaType+" "+row.Name+", read here", func() error {
			back, err := read(client, row, topicOf(row), serde.ValueSerde, record.Headers, record.Value, *serde.NewDeserializerConfig())
			return each(err, checks.Same(back, checks.Parse(row.Value)))
		})
	}
	g.Check("all records came", func() error { return checks.Same(left, 0) })
}

func evolution(g *checks.Group) {
	for _, row := range all {
		if row.Newer == nil {
			continue
		}
		topic := topicOf(row) + "-evolved"
		newer := row
		newer.Schema, newer.Value = row.Newer.Schema, row.Newer.Value
		of := func(row checks.Row, reader string) schemaregistry.SchemaInfo {
			info := infoOf(row)
			info.Metadata = &schemaregistry.Metadata{Properties: map[string]string{"reader": reader}}
			return info
		}
		g.Check(row.SchemaType+", an old consumer reads what our newer producer writes", func() error {
			_, err := client.Register(topic+"-value", of(row, "old"), false)
			_, err2 := client.Register(topic+"-value", of(newer, "new"), false)
			answer, err3 := checks.Peer("encode", newer.Request(topic, ourSettings(row, nil)))
			if err := each(err, err2, err3); err != nil {
				return err
			}
			settings := serde.DeserializerConfig{UseLatestWithMetadata: map[string]string{"reader": "old"}}
			back, err := read(connect(checks.Variable("REGISTRY_URL")), row, topic, serde.ValueSerde, nil, answer.Bytes(), settings)
			return each(err, checks.Same(back, checks.Parse(row.Newer.Seen)))
		})
		g.Check(row.SchemaType+", our old consumer reads what a newer producer writes", func() error {
			headers, bytes, err := write(newer, topic, serde.PrefixSchemaIDSerializer)
			if err != nil {
				return err
			}
			answer, err := checks.Peer("decode", map[string]any{"topic": topic, "schemaType": row.SchemaType,
				"bytesHex": hex.EncodeToString(bytes), "headers": hexOf(headers), "reader": row.Schema})
			if err != nil {
				return err
			}
			return checks.SameJSON(answer.Value, row.Newer.Seen)
		})
	}
}

// limit is why a vector cannot be read by this client, from whatever registry.
func limit(row checks.Row) string {
	switch {
	case strings.Contains(row.Schema, "option map_entry"):
		return "Protobuf maps that are spelled out"
	case row.Name == "latest-A.B.C.D":
		return "a message behind a map, which counts as a message to it and not to Java"
	}
	return checks.Limit(row)
}

func vectors(g *checks.Group) {
	stored := connect(checks.Variable("VECTORS_URL"))
	for _, row := range checks.Vectors() {
		g.CheckWithin(limit(row), row.SchemaType+" "+row.Name, func() error {
			part := map[bool]serde.Type{true: serde.KeySerde, false: serde.ValueSerde}[row.IsKey]
			back, err := read(stored, row, row.Topic, part, headersOf(row.Headers), row.Bytes(), *serde.NewDeserializerConfig())
			return each(err, checks.Same(back, expected(row)))
		})
	}
}

// expected is the value of a row; JSON is read into floats.
func expected(row checks.Row) any {
	if row.SchemaType != "JSON" {
		return checks.Parse(row.Value)
	}
	var value any
	if err := json.Unmarshal(row.Value, &value); err != nil {
		panic(err)
	}
	return checks.Parse(checks.Must(json.Marshal(value)))
}
