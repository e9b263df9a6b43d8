// Package checks has what the clients in Go have in common: groups of checks, in the lines that interop/run reads, and our
// serializers.
package checks

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"runtime/debug"
	"sort"
	"strings"
)

// Group is a group of checks.
type Group struct {
	passed   int
	failures []string
	leftOut  map[string]int
	worked   map[string]bool
}

var anyFailed bool

// Run carries out a group and prints what came of it.
func Run(name string, body func(*Group)) {
	g := &Group{leftOut: map[string]int{}, worked: map[string]bool{}}
	g.Check("the group", func() error { body(g); return nil })
	g.passed--
	for limit := range g.worked {
		if g.leftOut[limit] == 0 {
			g.failures = append(g.failures, "it is no longer true: "+limit)
		}
	}
	if g.passed <= 0 && len(g.failures) == 0 {
		g.failures = append(g.failures, "nothing was checked")
	}
	for _, failure := range g.failures {
		fmt.Println("    " + strings.ReplaceAll(failure, "\n", "\n    "))
	}
	for why, times := range g.leftOut {
		fmt.Printf("deviation: %s, %d left out: %s\n", name, times, why)
	}
	if len(g.failures) > 0 {
		anyFailed = true
		fmt.Printf("FAILED %s: %d of %d checks\n", name, len(g.failures), g.passed+len(g.failures))
	} else {
		fmt.Printf("passed %s: %d checks\n", name, g.passed)
	}
}

// Check carries out one check; what it returns, or panics with, is why it failed.
func (g *Group) Check(what string, body func() error) { g.CheckWithin("", what, body) }

// CheckWithin carries out one check that may fail for a reason of the client's own, on any registry; none if empty. Not all that
// has the same limit may work.
func (g *Group) CheckWithin(limit, what string, body func() error) {
	err := func() (err error) {
		defer func() {
			if thrown := recover(); thrown != nil {
				err = fmt.Errorf("%v\n%s", thrown, debug.Stack())
			}
		}()
		return body()
	}()
	switch {
	case err == nil:
		g.passed++
		if limit != "" {
			g.worked[limit] = true
		}
	case limit != "":
		g.leftOut[limit]++
	default:
		g.failures = append(g.failures, what+": "+err.Error())
	}
}

// Finish ends the program.
func Finish() {
	if anyFailed {
		os.Exit(1)
	}
	os.Exit(0)
}

// Same tells what is different about two values. A number that is whole is the same however it is written.
func Same(actual, expected any) error {
	if !same(actual, expected) {
		return fmt.Errorf("expected %s, got %s", show(expected), show(actual))
	}
	return nil
}

func same(actual, expected any) bool {
	switch expected := expected.(type) {
	case map[string]any:
		entries, ok := actual.(map[string]any)
		if !ok || len(entries) != len(expected) {
			return false
		}
		for name, each := range expected {
			if entry, ok := entries[name]; !ok || !same(entry, each) {
				return false
			}
		}
		return true
	case []any:
		items, ok := actual.([]any)
		if !ok || len(items) != len(expected) {
			return false
		}
		for i, each := range expected {
			if !same(items[i], each) {
				return false
			}
		}
		return true
	case float64:
		if whole, ok := actual.(int64); ok {
			return float64(whole) == expected
		}
		number, ok := actual.(float64)
		return ok && number == expected && math.Signbit(number) == math.Signbit(expected)
	case int64:
		if number, ok := actual.(float64); ok {
			return number == float64(expected)
		}
	}
	return reflect.DeepEqual(actual, expected)
}

func show(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprintf("%#v", value)
	}
	return string(text)
}

// Row is a vector or a sample.
type Row struct {
	Name           string            `json:"name"`
	SchemaType     string            `json:"schemaType"`
	Framing        string            `json:"framing"`
	Topic          string            `json:"topic"`
	IsKey          bool              `json:"isKey"`
	Subject        string            `json:"subject"`
	Version        int               `json:"version"`
	ID             int               `json:"id"`
	GUID           string            `json:"guid"`
	Schema         string            `json:"schema"`
	References     []Reference       `json:"references"`
	Referenced     []Row             `json:"referenced"`
	Message        string            `json:"message"`
	MessageIndexes []int             `json:"messageIndexes"`
	Value          json.RawMessage   `json:"value"`
	BytesHex       string            `json:"bytesHex"`
	Headers        map[string]string `json:"headers"`
	Newer          *struct {
		Schema string          `json:"schema"`
		Value  json.RawMessage `json:"value"`
		Seen   json.RawMessage `json:"seen"`
	} `json:"newer"`
}

// Reference is to a version of a subject, under a name.
type Reference struct {
	Name    string `json:"name"`
	Subject string `json:"subject"`
	Version int    `json:"version"`
}

// Bytes are those of the message.
func (r Row) Bytes() []byte { return fromHex(r.BytesHex) }

// Samples are values to exchange; prefix keeps the subjects of one program apart from those of others.
func Samples(prefix string) []Row {
	return rows(Variable("SAMPLES"), func(text string) string { return strings.ReplaceAll(text, `"%-`, `"`+prefix+"-") })
}

// Vectors are those of all three languages.
func Vectors() []Row {
	var all []Row
	for _, file := range []string{"avro.jsonl", "json.jsonl", "protobuf.jsonl"} {
		all = append(all, rows(filepath.Join(Variable("VECTORS"), file), func(text string) string { return text })...)
	}
	return all
}

func rows(path string, change func(string) string) []Row {
	file := Must(os.Open(path))
	defer file.Close()
	var all []Row
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var row Row
		if err := json.Unmarshal([]byte(change(lines.Text())), &row); err != nil {
			panic(err)
		}
		all = append(all, row)
	}
	return all
}

// Groups are samples by the group of checks they belong to, in order.
func Groups(samples []Row) (names []string, groups map[string][]Row) {
	groups = map[string][]Row{}
	for _, row := range samples {
		name := strings.ToLower(row.SchemaType)
		if len(row.References) > 0 {
			name = "references"
		}
		if groups[name] == nil {
			names = append(names, name)
		}
		groups[name] = append(groups[name], row)
	}
	sort.Strings(names)
	return names, groups
}

// Variable is one that interop/run sets.
func Variable(name string) string {
	value := os.Getenv(name)
	if value == "" {
		panic(name + " is not set; interop/run sets it")
	}
	return value
}

// Must panics with an error.
func Must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// Answer is what our serializers give.
type Answer struct {
	BytesHex string            `json:"bytesHex"`
	Headers  map[string]string `json:"headers"`
	Value    json.RawMessage   `json:"value"`
	Records  []Answer          `json:"records"`
	Error    string            `json:"error"`
}

// Bytes are those of the message.
func (a Answer) Bytes() []byte { return fromHex(a.BytesHex) }

// Peer asks our serializers for one thing, and gives what they say is wrong as an error.
func Peer(what string, request map[string]any) (Answer, error) {
	body := Must(json.Marshal(request))
	response, err := http.Post(Variable("PEER_URL")+"/"+what, "application/json", bytes.NewReader(body))
	if err != nil {
		return Answer{}, err
	}
	defer response.Body.Close()
	var answer Answer
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return answer, err
	}
	if response.StatusCode != http.StatusOK {
		return answer, fmt.Errorf("our %s: %s", what, answer.Error)
	}
	return answer, nil
}

// Request is what the peer is asked about a row.
func (r Row) Request(topic string, settings map[string]string) map[string]any {
	request := map[string]any{
		"topic": topic, "schemaType": r.SchemaType, "schema": r.Schema, "references": r.References,
		"value": r.Value, "settings": settings,
	}
	if r.Message != "" {
		request["message"] = r.Message
	}
	return request
}

// SameJSON tells what is different about two texts of JSON, whatever the order of their members.
func SameJSON(actual, expected []byte) error {
	return Same(Parse(actual), Parse(expected))
}

// Parse reads JSON; numbers keep their digits, but not how they are written.
func Parse(text []byte) any {
	var value any
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		panic(fmt.Sprintf("%v in %s", err, text))
	}
	return plain(value)
}

func plain(value any) any {
	switch value := value.(type) {
	case json.Number:
		if whole, err := value.Int64(); err == nil && value != "-0" {
			return whole
		}
		return Must(value.Float64())
	case []any:
		for i, each := range value {
			value[i] = plain(each)
		}
	case map[string]any:
		for name, each := range value {
			value[name] = plain(each)
		}
	}
	return value
}

func fromHex(text string) []byte { return Must(hex.DecodeString(text)) }

// Limit is why a vector cannot be read by anyone but those it was recorded with.
func Limit(row Row) string {
	if row.SchemaType == "AVRO" {
		switch schema := Parse([]byte(row.Schema)).(type) {
		case string:
			if schema == "bytes" {
				return "bytes that are no field are written without their length"
			}
		case map[string]any:
			if schema["type"] == "bytes" {
				return "bytes that are no field are written without their length"
			}
		}
	}
	return ""
}

// ModuleVersion is that of a module that was built in.
func ModuleVersion(path string) string {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == path {
			return strings.TrimPrefix(module.Version, "v")
		}
	}
	panic(path + " is not in the program")
}
