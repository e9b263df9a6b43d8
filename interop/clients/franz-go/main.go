// The client and the framing of franz-go's pkg/sr, with hamba/avro and google.golang.org/protobuf for the values.
package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	checks "concordat.io/interop/kit/go"
	"github.com/hamba/avro/v2"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sr"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/dynamicpb"
)

const name = "franz-go"

var (
	background = context.Background()
	client     = connect(checks.Variable("REGISTRY_URL"))
	all        = checks.Samples(name)
)

func connect(url string, more ...sr.ClientOpt) *sr.Client {
	return checks.Must(sr.NewClient(append([]sr.ClientOpt{sr.URLs(url)}, more...)...))
}

func main() {
	fmt.Println("version", checks.ModuleVersion("github.com/twmb/franz-go/pkg/sr"))
	checks.Run("api", api)
	names, groups := checks.Groups(all)
	for _, group := range names {
		checks.Run(group, func(g *checks.Group) {
			for _, row := range groups[group] {
				exchange(g, row)
			}
		})
	}
	checks.Run("headers", func(g *checks.Group) {
		for _, row := range all {
			exchangeByGUID(g, row)
		}
	})
	checks.Run("kafka", kafka)
	checks.Run("evolution", evolution)
	checks.Run("vectors", vectors)
	checks.Finish()
}

// fails passes if the registry refused with that error.
func fails(err error, wanted *sr.Error) error {
	var response *sr.ResponseError
	if !errors.As(err, &response) {
		return fmt.Errorf("expected %d, got %v", wanted.Code, err)
	}
	return checks.Same(response.SchemaError(), wanted)
}

// each is the first reason why any of them failed.
func each(errs ...error) error {
	return errors.Join(errs...)
}

func record(name string, fields ...string) sr.Schema {
	return sr.Schema{Schema: `{"type":"record","name":"` + name + `","namespace":"franz","fields":[` + strings.Join(fields, ",") + `]}`}
}

func api(g *checks.Group) {
	const a, b = `{"name":"a","type":"string"}`, `{"name":"b","type":"int","default":0}`
	subject := name + "-api"
	first, second, other := record("Api", a), record("Api", a, b), record("Api", `{"name":"x","type":"int"}`)
	var one, two sr.SubjectSchema

	g.Check("SupportedTypes", func() error {
		types, err := client.SupportedTypes(background)
		slices.Sort(types)
		return each(err, checks.Same(types, []sr.SchemaType{sr.TypeAvro, sr.TypeProtobuf, sr.TypeJSON}))
	})
	g.Check("CreateSchema", func() (err error) {
		one, err = client.CreateSchema(background, subject, first)
		return each(err, checks.Same([]any{one.Subject, one.Version, one.Schema.Schema, one.GUID != ""}, []any{subject, 1, first.Schema, true}))
	})
	g.Check("CreateSchema again", func() error {
		again, err := client.CreateSchema(background, subject, first)
		return each(err, checks.Same(again, one))
	})
	g.Check("RegisterSchema", func() error {
		id, err := client.RegisterSchema(background, subject, first, -1, -1)
		return each(err, checks.Same(id, one.ID))
	})
	g.Check("normalized", func() error {
		spaced := sr.Schema{Schema: strings.ReplaceAll(first.Schema, ",", " ,\n ")}
		id, err := client.RegisterSchema(sr.WithParams(background, sr.Normalize), subject, spaced, -1, -1)
		return each(err, checks.Same(id, one.ID))
	})
	g.Check("LookupSchema", func() error {
		found, err := client.LookupSchema(background, subject, first)
		return each(err, checks.Same(found, one))
	})
	g.Check("LookupSchema of an unknown schema or subject", func() error {
		_, schema := client.LookupSchema(background, subject, other)
		_, unknown := client.LookupSchema(background, "nobody", first)
		return each(fails(schema, sr.ErrSchemaNotFound), fails(unknown, sr.ErrSubjectNotFound))
	})
	g.Check("SchemaByID", func() error {
		found, err := client.SchemaByID(background, one.ID)
		return each(err, checks.Same(found, one.Schema))
	})
	g.Check("SchemaByID with all parameters", func() error {
		found, err := client.SchemaByID(sr.WithParams(background, sr.Subject(subject), sr.Format("default"), sr.FetchMaxID), one.ID)
		return each(err, checks.Same(found, one.Schema))
	})
	g.Check("SchemaTextByID", func() error {
		text, err := client.SchemaTextByID(background, one.ID)
		return each(err, checks.Same(text, first.Schema))
	})
	g.Check("an unknown id", func() error {
		_, schema := client.SchemaByID(background, 999999)
		_, text := client.SchemaTextByID(background, 999999)
		return each(fails(schema, sr.ErrSchemaNotFound), fails(text, sr.ErrSchemaNotFound))
	})
	g.Check("SchemaByGUID", func() error {
		found, err := client.SchemaByGUID(background, one.GUID)
		_, unknown := client.SchemaByGUID(background, "00000000-0000-0000-0000-000000000000")
		return each(err, checks.Same(found.Schema, one.Schema), checks.Same(found.GUID, one.GUID), fails(unknown, sr.ErrSchemaNotFound))
	})
	g.Check("SchemaIDsByGUID", func() error {
		ids, err := client.SchemaIDsByGUID(background, one.GUID)
		return each(err, checks.Same(ids, []sr.ContextID{{Context: ".", ID: one.ID}}))
	})
	g.Check("a second version", func() (err error) {
		two, err = client.CreateSchema(background, subject, second)
		return each(err, checks.Same(two.Version, 2))
	})
	g.Check("SchemaByVersion", func() error {
		found, err := client.SchemaByVersion(background, subject, 1)
		latest, err2 := client.SchemaByVersion(background, subject, -1)
		return each(err, err2, checks.Same(found, one), checks.Same(latest, two))
	})
	g.Check("SchemaTextByVersion", func() error {
		text, err := client.SchemaTextByVersion(background, subject, -1)
		return each(err, checks.Same(text, second.Schema))
	})
	g.Check("an unknown version or subject", func() error {
		_, version := client.SchemaByVersion(background, subject, 9)
		_, unknown := client.SchemaByVersion(background, "nobody", 1)
		return each(fails(version, sr.ErrVersionNotFound), fails(unknown, sr.ErrSubjectNotFound))
	})
	g.Check("SubjectVersions", func() error {
		versions, err := client.SubjectVersions(background, subject)
		return each(err, checks.Same(versions, []int{1, 2}))
	})
	g.Check("Schemas", func() error {
		schemas, err := client.Schemas(background, subject)
		return each(err, checks.Same(schemas, []sr.SubjectSchema{one, two}))
	})
	g.Check("AllSchemas", func() error {
		schemas, err := client.AllSchemas(sr.WithParams(background, sr.SubjectPrefix(subject)))
		latest, err2 := client.AllSchemas(sr.WithParams(background, sr.SubjectPrefix(subject), sr.LatestOnly))
		return each(err, err2, checks.Same(schemas, []sr.SubjectSchema{one, two}), checks.Same(latest, []sr.SubjectSchema{two}))
	})
	g.Check("Subjects", func() error {
		subjects, err := client.Subjects(sr.WithParams(background, sr.SubjectPrefix(subject)))
		return each(err, checks.Same(subjects, []string{subject}))
	})
	g.Check("SubjectsByID, SchemaVersionsByID, SchemaUsagesByID", func() error {
		subjects, err := client.SubjectsByID(background, one.ID)
		versions, err2 := client.SchemaVersionsByID(background, one.ID)
		usages, err3 := client.SchemaUsagesByID(background, one.ID)
		mine := func(subject string) bool { return !strings.HasPrefix(subject, name) }
		subjects = slices.DeleteFunc(subjects, mine)
		versions = slices.DeleteFunc(versions, func(each sr.SubjectVersion) bool { return mine(each.Subject) })
		usages = slices.DeleteFunc(usages, func(each sr.SubjectSchema) bool { return mine(each.Subject) })
		return each(err, err2, err3, checks.Same(subjects, []string{subject}),
			checks.Same(versions, []sr.SubjectVersion{{Subject: subject, Version: 1}}), checks.Same(usages, []sr.SubjectSchema{one}))
	})
	g.Check("CheckCompatibility", func() error {
		good, err := client.CheckCompatibility(background, subject, 1, second)
		bad, err2 := client.CheckCompatibility(sr.WithParams(background, sr.Verbose), subject, -1, other)
		every, err3 := client.CheckCompatibility(sr.WithParams(background, sr.Normalize), subject, -2, second)
		return each(err, err2, err3, checks.Same([]bool{good.Is, bad.Is, every.Is, len(bad.Messages) > 0}, []bool{true, false, true, true}))
	})
	g.Check("an incompatible schema", func() error {
		_, err := client.CreateSchema(background, subject, other)
		var response *sr.ResponseError
		if !errors.As(err, &response) {
			return fmt.Errorf("expected a refusal, got %v", err)
		}
		// What registries answer since their versions 5; the package names 409.
		return checks.Same([]int{response.StatusCode, response.ErrorCode}, []int{409, 40901})
	})
	g.Check("a schema that is none", func() error {
		_, err := client.CreateSchema(background, subject, sr.Schema{Schema: "{"})
		return fails(err, sr.ErrInvalidSchema)
	})
	g.Check("metadata and rules", func() error {
		schema := first
		schema.SchemaMetadata = &sr.SchemaMetadata{Tags: map[string][]string{"**.a": {"PII"}}, Properties: map[string]string{"owner": "me"}, Sensitive: []string{"owner"}}
		schema.SchemaRuleSet = &sr.SchemaRuleSet{DomainRules: []sr.SchemaRule{{Name: "r", Kind: sr.SchemaRuleKindCondition, Mode: sr.SchemaRuleModeWrite, Type: "CEL", Tags: []string{"PII"}, Expr: "true"}}}
		created, err := client.CreateSchema(background, subject+"-rules", schema)
		return each(err, checks.Same(created.SchemaMetadata, schema.SchemaMetadata), checks.Same(created.SchemaRuleSet, schema.SchemaRuleSet))
	})
	g.Check("compatibility of a subject", func() error {
		unset := client.Compatibility(background, subject)
		inherited := client.Compatibility(sr.WithParams(background, sr.DefaultToGlobal), subject)
		failed := []error{fails(unset[0].Err, sr.ErrSubjectLevelCompatibilityNotConfigured), inherited[0].Err, checks.Same(inherited[0].Level, sr.CompatBackward)}
		for level := sr.CompatNone; level <= sr.CompatFullTransitive; level++ {
			set := client.SetCompatibility(background, sr.SetCompatibility{Level: level}, subject)
			got := client.Compatibility(background, subject)
			failed = append(failed, set[0].Err, got[0].Err, checks.Same(got[0].Level, level))
		}
		reset := client.ResetCompatibility(background, subject)
		gone := client.Compatibility(background, subject)
		return each(append(failed, reset[0].Err, fails(gone[0].Err, sr.ErrSubjectLevelCompatibilityNotConfigured))...)
	})
	g.Check("all of a subject's configuration", func() error {
		config := sr.SetCompatibility{Level: sr.CompatFull, Alias: subject, Normalize: true, Group: "major",
			DefaultMetadata: &sr.SchemaMetadata{Properties: map[string]string{"a": "1"}}, OverrideMetadata: &sr.SchemaMetadata{Properties: map[string]string{"b": "2"}}}
		set := client.SetCompatibility(background, config, subject+"-config")
		got := client.Compatibility(background, subject+"-config")[0]
		return each(set[0].Err, got.Err, checks.Same(
			sr.SetCompatibility{Level: got.Level, Alias: got.Alias, Normalize: got.Normalize, Group: got.Group, DefaultMetadata: got.DefaultMetadata, OverrideMetadata: got.OverrideMetadata}, config))
	})
	g.Check("the global compatibility", func() error {
		set := client.SetCompatibility(background, sr.SetCompatibility{Level: sr.CompatFull})
		got := client.Compatibility(background, sr.GlobalSubject)
		reset := client.ResetCompatibility(background)
		after := client.Compatibility(background)
		return each(set[0].Err, got[0].Err, reset[0].Err, after[0].Err, checks.Same(got[0].Level, sr.CompatFull), checks.Same(after[0].Level, sr.CompatBackward))
	})
	g.Check("modes", func() error {
		global := client.Mode(background)
		unset := client.Mode(background, subject)
		inherited := client.Mode(sr.WithParams(background, sr.DefaultToGlobal), subject)
		failed := []error{global[0].Err, checks.Same(global[0].Mode, sr.ModeReadWrite), fails(unset[0].Err, sr.ErrSubjectLevelModeNotConfigured), inherited[0].Err}
		for _, mode := range []sr.Mode{sr.ModeReadOnly, sr.ModeReadWrite} {
			set := client.SetMode(background, mode, subject)
			got := client.Mode(background, subject)
			failed = append(failed, set[0].Err, got[0].Err, checks.Same(got[0].Mode, mode))
		}
		reset := client.ResetMode(background, subject)
		return each(append(failed, reset[0].Err)...)
	})
	g.Check("a read-only subject", func() error {
		client.SetMode(background, sr.ModeReadOnly, subject)
		_, err := client.CreateSchema(background, subject, record("Api", a, `{"name":"c","type":"int","default":0}`))
		client.ResetMode(background, subject)
		return fails(err, sr.ErrOperationNotPermitted)
	})
	g.Check("CreateSchemaWithIDAndVersion in import mode", func() error {
		target := name + "-import"
		set := client.SetMode(sr.WithParams(background, sr.Force), sr.ModeImport, target)
		created, err := client.CreateSchemaWithIDAndVersion(background, target, record("Imported", a), 77001, 5)
		client.ResetMode(background, target)
		return each(set[0].Err, err, checks.Same([]int{created.ID, created.Version}, []int{77001, 5}))
	})
	g.Check("SchemaReferences", func() error {
		row := all[slices.IndexFunc(all, func(row checks.Row) bool { return row.SchemaType == "AVRO" && len(row.References) > 0 })]
		created := register(client, row, row.Schema, topicOf(row))
		referred, err := client.SchemaReferences(background, row.Referenced[0].Subject, 1)
		_, used := client.DeleteSubject(background, row.Referenced[0].Subject, sr.SoftDelete)
		return each(err, checks.Same(len(referred), 1), checks.Same(referred[0].ID, created.ID), fails(used, sr.ErrReferenceExists))
	})
	g.Check("DeleteSchema", func() error {
		early := client.DeleteSchema(background, subject, 1, sr.HardDelete)
		err := client.DeleteSchema(background, subject, 1, sr.SoftDelete)
		versions, err2 := client.SubjectVersions(background, subject)
		_, gone := client.SchemaByVersion(background, subject, 1)
		shown, err3 := client.SchemaByVersion(sr.WithParams(background, sr.ShowDeleted), subject, 1)
		only, err4 := client.SubjectVersions(sr.WithParams(background, sr.DeletedOnly), subject)
		hard := client.DeleteSchema(background, subject, 1, sr.HardDelete)
		return each(fails(early, sr.ErrSchemaVersionNotSoftDeleted), err, err2, err3, err4, hard, fails(gone, sr.ErrVersionNotFound),
			checks.Same(versions, []int{2}), checks.Same(shown.ID, one.ID), checks.Same(only, []int{1}))
	})
	g.Check("DeleteSubject", func() error {
		_, early := client.DeleteSubject(background, subject, sr.HardDelete)
		soft, err := client.DeleteSubject(background, subject, sr.SoftDelete)
		_, twice := client.DeleteSubject(background, subject, sr.SoftDelete)
		deleted, err2 := client.Subjects(sr.WithParams(background, sr.SubjectPrefix(subject), sr.DeletedOnly))
		hard, err3 := client.DeleteSubject(background, subject, sr.HardDelete)
		_, gone := client.SubjectVersions(background, subject)
		return each(err, err2, err3, fails(early, sr.ErrSubjectNotSoftDeleted), fails(twice, sr.ErrSubjectSoftDeleted), fails(gone, sr.ErrSubjectNotFound),
			checks.Same(soft, []int{2}), checks.Same(hard, []int{2}), checks.Same(deleted, []string{subject}))
	})
	g.Check("contexts", func() error {
		in := sr.InContext(background, "."+name)
		created, err := client.CreateSchema(in, "there", first)
		fixed := connect(checks.Variable("REGISTRY_URL"), sr.DefaultSchemaContext("."+name))
		subjects, err2 := fixed.Subjects(background)
		qualified, err3 := client.SchemaByVersion(background, ":."+name+":there", 1)
		contexts, err4 := client.Contexts(background)
		prefixed, err5 := client.Contexts(sr.WithParams(background, sr.ContextPrefix("."+name), sr.Offset(0), sr.Limit(5)))
		ids, err6 := client.SchemaIDsByGUID(background, created.GUID)
		return each(err, err2, err3, err4, err5, err6, checks.Same(created.ID, 1), checks.Same(subjects, []string{":." + name + ":there"}),
			checks.Same(qualified.GUID, created.GUID), checks.Same(slices.Contains(contexts, "."+name), true), checks.Same(prefixed, []string{"." + name}),
			checks.Same(slices.Contains(ids, sr.ContextID{Context: "." + name, ID: 1}), true))
	})
	g.Check("DeleteContext", func() error {
		in := sr.InContext(background, "."+name)
		full := client.DeleteContext(background, "."+name)
		_, err := client.DeleteSubject(in, "there", sr.SoftDelete)
		_, err2 := client.DeleteSubject(in, "there", sr.HardDelete)
		empty := client.DeleteContext(background, "."+name)
		contexts, err3 := client.Contexts(background)
		return each(fails(full, sr.ErrContextNotEmpty), err, err2, empty, err3, checks.Same(slices.Contains(contexts, "."+name), false))
	})
	g.Check("Do", func() error {
		var subjects []string
		return each(client.Do(sr.WithParams(background, sr.SubjectPrefix("nobody")), "GET", "/subjects", nil, &subjects), checks.Same(subjects, []string{}))
	})
}

func topicOf(row checks.Row) string {
	return name + "-" + strings.ToLower(row.SchemaType) + "-" + row.Name
}

func schemaOf(row checks.Row, text string) sr.Schema {
	var kind sr.SchemaType
	if err := kind.UnmarshalText([]byte(row.SchemaType)); err != nil {
		panic(err)
	}
	schema := sr.Schema{Schema: text, Type: kind}
	for _, reference := range row.References {
		schema.References = append(schema.References, sr.SchemaReference(reference))
	}
	return schema
}

func register(on *sr.Client, row checks.Row, text, topic string) sr.SubjectSchema {
	for _, referenced := range row.Referenced {
		checks.Must(on.CreateSchema(background, referenced.Subject, schemaOf(referenced, referenced.Schema)))
	}
	return checks.Must(on.CreateSchema(background, topic+"-value", schemaOf(row, text)))
}

// value is what a serde encodes and decodes: a value as JSON.
type value struct{ json []byte }

// codec writes and reads the values of a row: bytes from and to JSON. It writes and reads with the texts, or reads what was written
// with them into a reader's.
func codec(row checks.Row, texts checks.Texts, reader string) (encode func(any) ([]byte, error), decode func([]byte, any) error, index []int) {
	switch row.SchemaType {
	case "AVRO":
		written := parse(row, texts.Own)
		resolved, seen := written, written
		if reader != "" {
			seen = parse(row, reader)
			resolved = checks.Must(avro.NewSchemaCompatibility().Resolve(seen, written))
		}
		encode = func(v any) ([]byte, error) {
			return avro.Marshal(written, checks.AvroValue(written, checks.Parse(v.(*value).json)))
		}
		decode = func(bytes []byte, v any) error {
			var read any
			if err := avro.Unmarshal(resolved, bytes, &read); err != nil {
				return err
			}
			v.(*value).json = checks.Must(json.Marshal(checks.AvroJSON(seen, read)))
			return nil
		}
	case "JSON":
		encode = func(v any) ([]byte, error) { return v.(*value).json, nil }
		decode = func(bytes []byte, v any) error { v.(*value).json = bytes; return nil }
	case "PROTOBUF":
		written, path := texts.MessageType(row.Message)
		into := written
		if reader != "" {
			into, _ = checks.Texts{Own: reader, Other: texts.Other}.MessageType(row.Message)
		}
		index = path
		if row.MessageIndexes != nil {
			index = row.MessageIndexes
		}
		encode = func(v any) ([]byte, error) { return proto.Marshal(checks.ProtobufValue(written, v.(*value).json)) }
		decode = func(bytes []byte, v any) error {
			message := dynamicpb.NewMessage(into)
			if err := proto.Unmarshal(bytes, message); err != nil {
				return err
			}
			v.(*value).json = checks.ProtobufJSON(message)
			return nil
		}
	}
	return encode, decode, index
}

func parse(row checks.Row, text string) avro.Schema {
	cache := &avro.SchemaCache{}
	for _, referenced := range row.Referenced {
		checks.Must(avro.ParseBytesWithCache([]byte(checks.WithoutLogicalTypes(referenced.Schema)), "", cache))
	}
	return checks.Must(avro.ParseBytesWithCache([]byte(checks.WithoutLogicalTypes(text)), "", cache))
}

// serdeFor is one that knows one id, as the package has it: which ids there are, the program finds out.
func serdeFor(id int, row checks.Row, texts checks.Texts, reader string) *sr.Serde {
	encode, decode, index := codec(row, texts, reader)
	serde := sr.NewSerde()
	serde.Register(id, &value{}, sr.EncodeFn(encode), sr.DecodeFn(decode), sr.Index(index...))
	return serde
}

// asked has a context for questions about schemas of a language: those of Protobuf are best understood as descriptors.
func asked(kind string) context.Context {
	if kind == "PROTOBUF" {
		return sr.WithParams(background, sr.RawParams(url.Values{"format": {"serialized"}}))
	}
	return background
}

// textsOf has what a schema refers to looked up.
func textsOf(on *sr.Client, row checks.Row, schema sr.Schema) checks.Texts {
	texts := checks.Texts{Own: schema.Schema, Other: map[string]string{}}
	for _, reference := range schema.References {
		found := checks.Must(on.SchemaByVersion(asked(row.SchemaType), reference.Subject, reference.Version))
		inner := textsOf(on, row, found.Schema)
		texts.Other[reference.Name] = inner.Own
		maps.Copy(texts.Other, inner.Other)
	}
	return texts
}

func read(on *sr.Client, row checks.Row, bytes []byte, reader string) []byte {
	id, _, err := new(sr.ConfluentHeader).DecodeID(bytes)
	if err != nil {
		panic(err)
	}
	schema := checks.Must(on.SchemaByID(asked(row.SchemaType), id))
	var found value
	if err := serdeFor(id, row, textsOf(on, row, schema), reader).Decode(bytes, &found); err != nil {
		panic(err)
	}
	return found.json
}

func readByGUID(on *sr.Client, row checks.Row, identity string, bytes []byte) []byte {
	guid := identity[2:10] + "-" + identity[10:14] + "-" + identity[14:18] + "-" + identity[18:22] + "-" + identity[22:34]
	schema := checks.Must(on.SchemaByGUID(asked(row.SchemaType), guid)).Schema
	_, decode, index := codec(row, textsOf(on, row, schema), "")
	if index != nil {
		got, _, err := new(sr.ConfluentHeader).DecodeIndex(checks.Must(hex.DecodeString(identity[34:])), 10)
		if err := each(err, checks.Same(got, index)); err != nil {
			panic(err)
		}
	}
	var found value
	if err := decode(bytes, &found); err != nil {
		panic(err)
	}
	return found.json
}

func exchange(g *checks.Group, row checks.Row) {
	topic := topicOf(row)
	g.Check(row.Name+", written here", func() error {
		id := register(client, row, row.Schema, topic).ID
		bytes := serdeFor(id, row, checks.TextsOf(row), "").MustEncode(&value{row.Value})
		answer, err := checks.Peer("decode", map[string]any{"topic": topic, "bytesHex": hex.EncodeToString(bytes)})
		if err != nil {
			return err
		}
		return each(checks.SameJSON(answer.Value, row.Value), checks.SameJSON(read(client, row, bytes, ""), row.Value))
	})
	g.Check(row.Name+", written by ours", func() error {
		answer, err := checks.Peer("encode", row.Request(topic, nil))
		if err != nil {
			return err
		}
		return checks.SameJSON(read(client, row, answer.Bytes(), ""), row.Value)
	})
}

// exchangeByGUID does by hand what the package has the calls for: the GUID is in the header, the message indexes behind it.
func exchangeByGUID(g *checks.Group, row checks.Row) {
	const header = "__value_schema_id"
	topic := topicOf(row)
	g.Check(row.Name+", written here", func() error {
		guid := register(client, row, row.Schema, topic).GUID
		encode, _, index := codec(row, checks.TextsOf(row), "")
		identity := "01" + strings.ReplaceAll(guid, "-", "")
		if index != nil {
			framed := checks.Must(new(sr.ConfluentHeader).AppendEncode(nil, 0, index))
			identity += hex.EncodeToString(framed[5:])
		}
		answer, err := checks.Peer("decode", map[string]any{"topic": topic,
			"bytesHex": hex.EncodeToString(checks.Must(encode(&value{row.Value}))), "headers": map[string]string{header: identity}})
		if err != nil {
			return err
		}
		return checks.SameJSON(answer.Value, row.Value)
	})
	g.Check(row.Name+", written by ours", func() error {
		settings := map[string]string{"value.schema.id.serializer": "io.confluent.kafka.serializers.schema.id.HeaderSchemaIdSerializer"}
		answer, err := checks.Peer("encode", row.Request(topic, settings))
		if err != nil {
			return err
		}
		return checks.SameJSON(readByGUID(client, row, answer.Headers[header], answer.Bytes()), row.Value)
	})
}

func kafka(g *checks.Group) {
	var topics []string
	for _, row := range all {
		topics = append(topics, topicOf(row))
	}
	producer := checks.Must(kgo.NewClient(kgo.SeedBrokers(checks.Variable("BOOTSTRAP_SERVERS")), kgo.AllowAutoTopicCreation()))
	defer producer.Close()
	for _, row := range all {
		g.Check(row.SchemaType+" "+row.Name+", read by ours", func() error {
			id := register(client, row, row.Schema, topicOf(row)).ID
			bytes := serdeFor(id, row, checks.TextsOf(row), "").MustEncode(&value{row.Value})
			sent := producer.ProduceSync(background, &kgo.Record{Topic: topicOf(row), Value: bytes})
			_, err := checks.Peer("produce", row.Request(topicOf(row), nil))
			read, err2 := checks.Peer("consume", map[string]any{"topic": topicOf(row), "count": 2})
			if err := each(sent.FirstErr(), err, err2); err != nil {
				return err
			}
			return each(checks.SameJSON(read.Records[0].Value, row.Value), checks.SameJSON(read.Records[1].Value, row.Value))
		})
	}
	consumer := checks.Must(kgo.NewClient(kgo.SeedBrokers(checks.Variable("BOOTSTRAP_SERVERS")),
		kgo.ConsumeTopics(topics...), kgo.ConsumeResetOffset(kgo.NewOffset().AtStart())))
	defer consumer.Close()
	patience, cancel := context.WithTimeout(background, time.Minute)
	defer cancel()
	for left := 2 * len(all); left > 0 && patience.Err() == nil; {
		consumer.PollFetches(patience).EachRecord(func(record *kgo.Record) {
			left--
			row := all[slices.Index(topics, record.Topic)]
			g.Check(row.SchemaType+" "+row.Name+", read here", func() error { return checks.SameJSON(read(client, row, record.Value, ""), row.Value) })
		})
	}
	g.Check("all records came", func() error { return patience.Err() })
}

func evolution(g *checks.Group) {
	for _, row := range all {
		if row.Newer == nil {
			continue
		}
		topic := topicOf(row) + "-evolved"
		newer := row
		newer.Schema, newer.Value = row.Newer.Schema, row.Newer.Value
		g.Check(row.SchemaType+", an old consumer reads what our newer producer writes", func() error {
			register(client, row, row.Schema, topic)
			answer, err := checks.Peer("encode", newer.Request(topic, nil))
			if err != nil {
				return err
			}
			return checks.SameJSON(read(client, row, answer.Bytes(), row.Schema), row.Newer.Seen)
		})
		g.Check(row.SchemaType+", our old consumer reads what a newer producer writes", func() error {
			id := register(client, row, newer.Schema, topic).ID
			bytes := serdeFor(id, row, checks.TextsOf(newer), "").MustEncode(&value{newer.Value})
			answer, err := checks.Peer("decode", map[string]any{"topic": topic, "schemaType": row.SchemaType, "bytesHex": hex.EncodeToString(bytes), "reader": row.Schema})
			if err != nil {
				return err
			}
			return checks.SameJSON(answer.Value, row.Newer.Seen)
		})
	}
}

func vectors(g *checks.Group) {
	stored := connect(checks.Variable("VECTORS_URL"))
	for _, row := range checks.Vectors() {
		g.CheckWithin(checks.Limit(row), row.SchemaType+" "+row.Name, func() error {
			if row.Framing == "prefix" {
				return checks.SameJSON(read(stored, row, row.Bytes(), ""), row.Value)
			}
			part := map[bool]string{true: "key", false: "value"}[row.IsKey]
			return checks.SameJSON(readByGUID(stored, row, row.Headers["__"+part+"_schema_id"], row.Bytes()), row.Value)
		})
	}
}
