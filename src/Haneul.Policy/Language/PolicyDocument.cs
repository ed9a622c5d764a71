namespace Haneul.Policy.Language;

/// <summary>A policy, parsed. <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html"/></summary>
public sealed class PolicyDocument
{
    public const string OldVersion = "2008-10-17";
    public const string CurrentVersion = "2012-10-17";

    internal PolicyDocument(string? version, string? id, IReadOnlyList<Statement> statements)
    {
        Version = version;
        Id = id;
        Statements = statements;
    }

    /// <summary>As written; a policy without one is of <see cref="OldVersion"/>.</summary>
    public string? Version { get; }

    public string? Id { get; }

    internal IReadOnlyList<Statement> Statements { get; }

    /// <exception cref="PolicyFormatException">The text is not a policy.</exception>
    public static PolicyDocument Parse(string json) => PolicyParser.Parse(json);

    /// <summary>The condition keys and variables that the policy asks for, each once, in order.</summary>
    public IReadOnlyList<string> ContextKeys()
    {
        var keys = new List<string>();
        foreach (var statement in Statements)
        {
            foreach (var condition in statement.Conditions)
            {
                Add(condition.Key);
                foreach (var value in condition.Values)
                {
                    Variables(value);
                }
            }

            foreach (var resource in statement.Resources)
            {
                Variables(resource.Source);
            }
        }

        return keys;

        void Variables(string text)
        {
            for (var at = 0; Version == CurrentVersion && (at = text.IndexOf("${", at, StringComparison.Ordinal)) >= 0; at++)
            {
                var end = text.IndexOf('}', at);
                var name = end < 0 ? "" : text[(at + 2)..end].Split(',')[0].Trim();
                if (name.Length > 1)
                {
                    Add(name);
                }
            }
        }

        void Add(string key)
        {
            if (!keys.Contains(key, StringComparer.OrdinalIgnoreCase))
            {
                keys.Add(key);
            }
        }
    }
}
