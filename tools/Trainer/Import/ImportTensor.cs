namespace BcnnSim.Trainer.Import;

/// <summary>One float32 tensor of the import layout.</summary>
/// <param name="Node">Layer it belongs to.</param>
/// <param name="Name">In the file.</param>
/// <param name="Shape">Dimensions, outermost first, in PyTorch's order. Four are a kernel [Cout, Cin, Kh, Kw].</param>
/// <param name="Target">Numbers of the network that it sets.</param>
internal sealed record ImportTensor(string Node, string Name, long[] Shape, Memory<float> Target)
{
    /// <summary>Far above any sum of a layer's variance, low enough that no evaluation leaves float32.</summary>
    public const float Largest = 1e15f;

    /// <summary>A variance is not negative.</summary>
    public bool IsVariance { get; init; }

    /// <summary>First element that is refused, or -1.</summary>
    public int FirstWrong(float[] values) => Array.FindIndex(values, v => !(MathF.Abs(v) <= Largest) || (IsVariance && v < 0));

    /// <summary>Sets the network's numbers; a kernel goes to [Cout][(ky*Kw + kx)*Cin + c].</summary>
    public void Put(float[] values)
    {
        if (Shape.Length != 4)
        {
            values.CopyTo(Target);
            return;
        }

        int inputs = (int)Shape[1], positions = (int)(Shape[2] * Shape[3]);
        Span<float> target = Target.Span;
        for (int i = 0; i < values.Length; i++)
        {
            (int row, int position) = Math.DivRem(i, positions);
            (int output, int input) = Math.DivRem(row, inputs);
            target[(((output * positions) + position) * inputs) + input] = values[i];
        }
    }
}
