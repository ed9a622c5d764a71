using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Rest.Models;

/// <summary>The models that every new API has.</summary>
internal static class DefaultModels
{
    private const string EmptySchema = """
        {
          "$schema": "http://json-schema.org/draft-04/schema#",
          "title" : "Empty Schema",
          "type" : "object"
        }
        """;

    private const string ErrorSchema = """
        {
          "$schema" : "http://json-schema.org/draft-04/schema#",
          "title" : "Error Schema",
          "type" : "object",
          "properties" : {
            "message" : { "type" : "string" }
          }
        }
        """;

    public static IEnumerable<Model> All(IIdSource ids)
    {
        yield return New(ids, "Empty", "This is a default empty schema model", EmptySchema);
        yield return New(ids, "Error", "This is a default error schema model", ErrorSchema);
    }

    private static Model New(IIdSource ids, string name, string description, string schema) => new()
    {
        Id = Texts.NewId(ids),
        Name = name,
        Description = description,
        ContentType = "application/json",
        SchemaValue = schema,
    };
}
