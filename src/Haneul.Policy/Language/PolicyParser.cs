using System.Text.Json;
using Haneul.Policy.Conditions;
using Haneul.Policy.Matching;

namespace Haneul.Policy.Language;

/// <summary>Reads the language's JSON. Anything but a policy ends in a <see cref="PolicyFormatException"/>, and nothing else does.</summary>
internal static class PolicyParser
{
    /// <summary>Far above AWS's own limits, which depend on where a policy is attached.</summary>
    public const int MaxLength = 128 * 1024;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 12, AllowDuplicateProperties = false };

    public static PolicyDocument Parse(string json)
    {
        if (json.Length > MaxLength)
        {
            throw new PolicyFormatException("The policy is too long.");
        }

        try
        {
            using var document = JsonDocument.Parse(json, s_options);
            return Document(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new PolicyFormatException("The policy is not JSON.") { NotJson = true };
        }
        catch (InvalidOperationException)
        {
            // An escaped surrogate without its other half: JSON by grammar, and no text.
            throw new PolicyFormatException("The policy holds text that is not Unicode.");
        }
    }

    private static PolicyDocument Document(JsonElement root)
    {
        Expect(root, JsonValueKind.Object, "A policy is an object.");
        string? version = null;
        string? id = null;
        JsonElement? body = null;
        foreach (var property in root.EnumerateObject())
        {
            switch (property.Name)
            {
                case "Version":
                    version = Text(property.Value);
                    break;
                case "Id":
                    id = Text(property.Value);
                    break;
                case "Statement":
                    body = property.Value;
                    break;
                default:
                    throw new PolicyFormatException("A policy has no element of this name.");
            }
        }

        if (version is not (null or PolicyDocument.OldVersion or PolicyDocument.CurrentVersion))
        {
            throw new PolicyFormatException("The version of the policy language is unknown.");
        }

        if (body is not { } found)
        {
            throw new PolicyFormatException("A policy has a Statement.");
        }

        var variables = version == PolicyDocument.CurrentVersion;
        var statements = new List<Statement>();
        if (found.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in found.EnumerateArray())
            {
                statements.Add(Single(item, statements.Count, variables));
            }
        }
        else
        {
            statements.Add(Single(found, 0, variables));
        }

        return new PolicyDocument(version, id, statements);
    }

    private static Statement Single(JsonElement element, int index, bool variables)
    {
        Expect(element, JsonValueKind.Object, "A statement is an object.");
        string? sid = null;
        bool? allow = null;
        (List<string> Values, bool Not)? action = null, resource = null;
        PrincipalSet? principals = null;
        Condition[] conditions = [];
        foreach (var property in element.EnumerateObject())
        {
            switch (property.Name)
            {
                case "Sid":
                    sid = Text(property.Value);
                    break;
                case "Effect":
                    allow = Text(property.Value) switch
                    {
                        "Allow" => true,
                        "Deny" => false,
                        _ => throw new PolicyFormatException("The effect is Allow or Deny."),
                    };
                    break;
                case "Action" or "NotAction" when action is null:
                    action = (Texts(property.Value), property.Name[0] == 'N');
                    break;
                case "Resource" or "NotResource" when resource is null:
                    resource = (Texts(property.Value), property.Name[0] == 'N');
                    break;
                case "Principal" or "NotPrincipal" when principals is null:
                    principals = Principals(property.Value, not: property.Name[0] == 'N');
                    break;
                case "Condition":
                    conditions = [.. Conditions(property.Value, variables)];
                    break;
                default:
                    throw new PolicyFormatException("A statement has no element of this name, or has it and its opposite.");
            }
        }

        return new Statement
        {
            Index = index,
            Sid = sid,
            Allow = allow ?? throw new PolicyFormatException("A statement has an effect."),
            Actions = [.. (action?.Values ?? []).Select(text => TextPattern.Parse(text, wildcards: true, variables: false))],
            NotAction = action?.Not ?? false,
            Resources = [.. (resource?.Values ?? []).Select(text => ArnPattern.Parse(text, variables))],
            NotResource = resource?.Not ?? false,
            HasResource = resource is not null,
            Principals = principals,
            Conditions = conditions,
        };
    }

    private static PrincipalSet Principals(JsonElement element, bool not)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return Text(element) == "*"
                ? new PrincipalSet(not, Everyone: true, [], [], [], [])
                : throw new PolicyFormatException("A principal is a star or an object.");
        }

        Expect(element, JsonValueKind.Object, "A principal is a star or an object.");
        List<string> aws = [], services = [], federated = [], canonical = [];
        foreach (var property in element.EnumerateObject())
        {
            var list = property.Name switch
            {
                "AWS" => aws,
                "Service" => services,
                "Federated" => federated,
                "CanonicalUser" => canonical,
                _ => throw new PolicyFormatException("A principal is of type AWS, Service, Federated or CanonicalUser."),
            };
            list.AddRange(Texts(property.Value));
        }

        return new PrincipalSet(not, aws.Contains("*"), aws, services, federated, canonical);
    }

    private static List<Condition> Conditions(JsonElement element, bool variables)
    {
        Expect(element, JsonValueKind.Object, "Conditions are an object.");
        var conditions = new List<Condition>();
        foreach (var op in element.EnumerateObject())
        {
            if (!ConditionOperator.TryParse(op.Name, out var parsed))
            {
                throw new PolicyFormatException("A condition operator is unknown.");
            }

            Expect(op.Value, JsonValueKind.Object, "A condition operator has keys.");
            foreach (var key in op.Value.EnumerateObject())
            {
                conditions.Add(new Condition(op.Name, parsed, key.Name, Texts(key.Value, scalars: true), variables));
            }
        }

        return conditions;
    }

    private static List<string> Texts(JsonElement element, bool scalars = false)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            return [Text(element, scalars)];
        }

        var texts = new List<string>(element.GetArrayLength());
        foreach (var item in element.EnumerateArray())
        {
            texts.Add(Text(item, scalars));
        }

        return texts;
    }

    private static string Text(JsonElement element, bool scalars = false)
    {
        var text = element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.Number when scalars => element.GetRawText(),
            JsonValueKind.True when scalars => "true",
            JsonValueKind.False when scalars => "false",
            _ => throw new PolicyFormatException("A text is expected."),
        };
        return Glob.HasWildcards(text) ? throw new PolicyFormatException("The policy holds text that is not Unicode.") : text;
    }

    private static void Expect(JsonElement element, JsonValueKind kind, string otherwise)
    {
        if (element.ValueKind != kind)
        {
            throw new PolicyFormatException(otherwise);
        }
    }
}
