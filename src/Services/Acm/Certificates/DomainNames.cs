using Haneul.Acm.Contracts;
using Haneul.Kernel.Errors;

namespace Haneul.Acm.Certificates;

/// <summary>How many host names a certificate may have; the model says which. <see href="https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html"/></summary>
internal static class DomainNames
{
    private const int MostNames = 10;

    public static ServiceError? Check(IReadOnlyList<string> names) => names.Count > MostNames
        ? AcmErrors.LimitExceededException.With(
            $"Error: Domain list contains more than {MostNames} domain names. You have reached the maximum number of domain names.")
        : null;
}
