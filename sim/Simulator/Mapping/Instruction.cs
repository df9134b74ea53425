namespace BcnnSim.Mapping;

/// <summary>One instruction; <paramref name="Layer"/> is used by Compute only.</summary>
public readonly record struct Instruction(Opcode Opcode, int Layer = -1)
{
    public override string ToString() => Opcode == Opcode.Compute ? $"Compute {Layer}" : Opcode.ToString();
}
