using Haneul.Iam.Contracts;
using Haneul.Kernel.Errors;

namespace Haneul.Iam;

/// <summary>IAM's errors with AWS's words; thrown, because a change in the middle of a batch must write nothing.</summary>
internal static class IamFaults
{
    public static ServiceException NoSuchEntity(string message) => IamErrors.NoSuchEntityException.With(message).ToException();

    public static ServiceException AlreadyExists(string message) => IamErrors.EntityAlreadyExistsException.With(message).ToException();

    public static ServiceException LimitExceeded(string message) => IamErrors.LimitExceededException.With(message).ToException();

    public static ServiceException DeleteConflict(string message) => IamErrors.DeleteConflictException.With(message).ToException();

    public static ServiceException Malformed(string message) => IamErrors.MalformedPolicyDocumentException.With(message).ToException();

    public static ServiceException InvalidInput(string message) => IamErrors.InvalidInputException.With(message).ToException();

    public static ServiceException Unmodifiable(string message) => IamErrors.UnmodifiableEntityException.With(message).ToException();

    public static ServiceException Validation(string message) => CommonErrors.ValidationException.With(message).ToException();

    /// <summary>A quota of AWS's list. <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"/></summary>
    public static ServiceException Quota(string name, int limit) => LimitExceeded($"Cannot exceed quota for {name}: {limit}");
}
