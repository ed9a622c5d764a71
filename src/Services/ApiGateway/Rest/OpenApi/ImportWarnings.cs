namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>Whether an import goes on in spite of its warnings.</summary>
internal static class ImportWarnings
{
    public static void Check(ImportedApi imported, bool? failOnWarnings)
    {
        if (failOnWarnings == true && imported.Warnings.Count > 0)
        {
            throw RestFaults.BadRequest(
                "Warnings found during import:" + string.Concat(imported.Warnings.Select(static warning => "\n\t" + warning)));
        }
    }
}
