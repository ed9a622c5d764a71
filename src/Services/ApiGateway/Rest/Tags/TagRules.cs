namespace Haneul.ApiGateway.Rest.Tags;

/// <summary>
/// What tags may be.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-restrictions.html"/>
/// </summary>
internal static class TagRules
{
    private const int MostTags = 50;
    private const int MostKey = 128;
    private const int MostValue = 256;

    public static IReadOnlyDictionary<string, string> Check(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > MostTags)
        {
            throw RestFaults.BadRequest("A resource can have at most 50 tags.");
        }

        foreach (var (key, value) in tags)
        {
            if (key.Length is 0 or > MostKey || value.Length > MostValue)
            {
                throw RestFaults.BadRequest("Tag keys have 1 to 128 characters and tag values at most 256.");
            }

            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            {
                throw RestFaults.BadRequest("System tags cannot be added, updated or removed");
            }
        }

        return tags;
    }
}
