using System.Text;

namespace Haneul.ApiGateway.Rest.Keys;

/// <summary>
/// A file of API keys: comma-separated values under the columns Name, key, description, Enabled and usageplanIds, in any order.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-key-file-format.html"/>
/// </summary>
internal static class KeyFile
{
    private const int MostSize = 10 * 1024 * 1024;

    public static List<KeyLine> Read(ReadOnlyMemory<byte> body)
    {
        if (body.Length is 0 or > MostSize)
        {
            throw RestFaults.BadRequest("Invalid API Key file specified");
        }

        var rows = Rows(Encoding.UTF8.GetString(body.Span));
        var header = rows.Count == 0 ? [] : rows[0].ConvertAll(static name => name.Trim().ToLowerInvariant());
        if (!header.Contains("key") || !header.Contains("name"))
        {
            throw RestFaults.BadRequest("Invalid API Key file specified: the columns Name and key are required");
        }

        return rows.Skip(1).Where(static row => row.Count > 1 || row[0].Length > 0).Select(row => new KeyLine(
            Field(row, "name"), Field(row, "key"), Field(row, "description"),
            !string.Equals(Field(row, "enabled"), "false", StringComparison.OrdinalIgnoreCase),
            Field(row, "usageplanids").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))).ToList();

        string Field(List<string> row, string column)
        {
            var index = header.IndexOf(column);
            return index >= 0 && index < row.Count ? row[index].Trim() : "";
        }
    }

    // RFC 4180: fields in quotes may hold commas, line ends and doubled quotes.
    private static List<List<string>> Rows(string text)
    {
        var rows = new List<List<string>>();
        var row = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"')
                {
                    field.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c is ',' or '\n')
            {
                row.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
            else if (c is not ('\r' or '\uFEFF'))
            {
                field.Append(c);
            }
        }

        if (field.Length > 0 || row.Count > 0)
        {
            row.Add(field.ToString());
            rows.Add(row);
        }

        return rows;
    }
}

/// <summary>A line of a file of API keys.</summary>
internal sealed record KeyLine(string Name, string Value, string Description, bool Enabled, IReadOnlyList<string> Plans);
