package interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apicurio.registry.resolver.client.RegistryArtifactReference;
import io.apicurio.registry.resolver.client.RegistryClientFacade;
import io.apicurio.registry.resolver.client.RegistryVersionCoordinates;
import io.apicurio.registry.resolver.strategy.ArtifactReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Our registry as Apicurio's serializers ask for one: an artifact is a subject, and both kinds of id are ours. Apicurio's own client
 * speaks Apicurio's REST API only.
 */
record OurRegistry(String url) implements RegistryClientFacade {
    @Override
    public RegistryVersionCoordinates createSchema(
            String artifactType,
            String groupId,
            String artifactId,
            String version,
            String ifExists,
            boolean canonical,
            String schema,
            Set<RegistryArtifactReference> references) {
        ObjectNode body = Http.JSON.createObjectNode().put("schemaType", artifactType).put("schema", schema);
        ArrayNode list = body.putArray("references");
        for (RegistryArtifactReference reference : references) {
            list.addObject()
                    .put("name", reference.getName())
                    .put("subject", reference.getArtifactId())
                    .put("version", Integer.parseInt(reference.getVersion()));
        }
        JsonNode answer = Http.post(url + "/subjects/" + Http.encoded(artifactId) + "/versions", body);
        return coordinates(answer, artifactId);
    }

    @Override
    public List<RegistryVersionCoordinates> searchVersionsByContent(
            String schema, String artifactType, ArtifactReference reference, boolean canonical) {
        ObjectNode body = Http.JSON.createObjectNode().put("schemaType", artifactType).put("schema", schema);
        String subject = reference.getArtifactId();
        return List.of(coordinates(Http.post(url + "/subjects/" + Http.encoded(subject), body), subject));
    }

    @Override
    public RegistryVersionCoordinates getVersionCoordinatesByGAV(String groupId, String artifactId, String version) {
        return coordinates(version(artifactId, version), artifactId);
    }

    private static RegistryVersionCoordinates coordinates(JsonNode answer, String subject) {
        long id = answer.path("id").asLong();
        return RegistryVersionCoordinates.create(id, id, "default", subject, answer.path("version").asText());
    }

    private JsonNode id(long id) {
        return Http.get(url + "/schemas/ids/" + id);
    }

    private JsonNode version(String subject, String version) {
        return Http.get(url + "/subjects/" + Http.encoded(subject) + "/versions/" + (version == null ? "latest" : version));
    }

    @Override
    public String getSchemaByContentId(Long id) {
        return id(id).path("schema").asText();
    }

    @Override
    public String getSchemaByGlobalId(long id, boolean dereferenced) {
        return getSchemaByContentId(id);
    }

    @Override
    public String getSchemaByGAV(String groupId, String artifactId, String version) {
        return version(artifactId, version).path("schema").asText();
    }

    @Override
    public List<RegistryArtifactReference> getReferencesByContentId(long id) {
        return references(id(id));
    }

    @Override
    public List<RegistryArtifactReference> getReferencesByGlobalId(long id) {
        return references(id(id));
    }

    @Override
    public List<RegistryArtifactReference> getReferencesByGAV(String groupId, String artifactId, String version) {
        return references(version(artifactId, version));
    }

    private static List<RegistryArtifactReference> references(JsonNode schema) {
        List<RegistryArtifactReference> references = new ArrayList<>();
        for (JsonNode reference : schema.path("references")) {
            references.add(RegistryArtifactReference.builder()
                    .name(reference.path("name").asText())
                    .groupId("default")
                    .artifactId(reference.path("subject").asText())
                    .version(reference.path("version").asText())
                    .build());
        }
        return references;
    }

    @Override
    public String getSchemaByContentHash(String hash) {
        throw new UnsupportedOperationException("there are no hashes of contents");
    }

    @Override
    public List<RegistryArtifactReference> getReferencesByContentHash(String hash) {
        throw new UnsupportedOperationException("there are no hashes of contents");
    }

    @Override
    public Object getClient() {
        return this;
    }
}
