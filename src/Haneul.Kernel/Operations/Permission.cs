namespace Haneul.Kernel.Operations;

/// <param name="Action">Prefix and name, such as <c>dynamodb:GetItem</c>.</param>
/// <param name="Resource">The ARN, or <c>*</c> for actions that know no resource.</param>
public readonly record struct Permission(string Action, string Resource);
