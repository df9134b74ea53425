namespace BcnnSim.Design;

/// <summary>Meaning of a design parameter that is one of a few words or on/off; its type says which values it takes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ChoiceAttribute(string meaning) : Attribute
{
    public string Meaning { get; } = meaning;
}
