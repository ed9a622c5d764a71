namespace Haneul.Auth.Tests;

/// <summary>A request as it stands in a text file.</summary>
internal sealed class RawRequest : ISignedRequest
{
    private readonly List<(string Name, string Value)> _headers = [];

    public RawRequest(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        var target = lines[0][(lines[0].IndexOf(' ', StringComparison.Ordinal) + 1)..lines[0].LastIndexOf(" HTTP/1.1", StringComparison.Ordinal)];
        Method = lines[0][..lines[0].IndexOf(' ', StringComparison.Ordinal)];
        var query = target.IndexOf('?', StringComparison.Ordinal);
        RawPath = query < 0 ? target : target[..query];
        RawQuery = query < 0 ? "" : target[(query + 1)..];
        var i = 1;
        for (; i < lines.Length && lines[i].Length > 0; i++)
        {
            if (lines[i][0] is ' ' or '\t')
            {
                _headers[^1] = (_headers[^1].Name, _headers[^1].Value + "\n" + lines[i]);
                continue;
            }

            var colon = lines[i].IndexOf(':', StringComparison.Ordinal);
            _headers.Add((lines[i][..colon], lines[i][(colon + 1)..]));
        }

        Body = string.Join('\n', lines.Skip(i + 1));
    }

    public string Method { get; init; }

    public string RawPath { get; }

    public string RawQuery { get; }

    public string Body { get; }

    public IReadOnlyList<string> Header(string name) =>
        [.. _headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)];
}
