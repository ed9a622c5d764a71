using Haneul.Iam.InstanceProfiles;
using Haneul.Iam.Storage;

namespace Haneul.Iam.Roles;

/// <summary>What must be gone before a role can go.</summary>
internal static class RoleDeletion
{
    /// <exception cref="Kernel.Errors.ServiceException">The role is still in use.</exception>
    public static void Delete(IamEdit edit, RoleRecord role)
    {
        if (edit.All<InstanceProfileRecord>().Any(profile => profile.Role == role.Name))
        {
            throw IamFaults.DeleteConflict("Cannot delete entity, must remove roles from instance profile first.");
        }

        if (role.Attached.Count > 0)
        {
            throw IamFaults.DeleteConflict("Cannot delete entity, must detach all policies first.");
        }

        if (role.Inline.Count > 0)
        {
            throw IamFaults.DeleteConflict("Cannot delete entity, must delete policies first.");
        }

        edit.Delete(role);
    }
}
