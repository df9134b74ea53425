using System.Numerics;

namespace BcnnSim.Trainer.Layers;

/// <summary>An activation on vectors and on single values, with the gradient that passes it: the same bits either way.</summary>
internal readonly struct Activation<T>(ActivationKind kind)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Without bound the Hardtanh is the identity, forward and backward.
    private readonly T limit = kind == ActivationKind.Linear ? T.PositiveInfinity : T.CreateChecked(NormActivation<T>.Bound);
    private readonly Vector<T> bound = new(kind == ActivationKind.Linear ? T.PositiveInfinity : T.CreateChecked(NormActivation<T>.Bound));

    public Vector<T> Apply(Vector<T> y) => kind switch
    {
        ActivationKind.Sign => Vector.ConditionalSelect(Vector.GreaterThanOrEqual(y, Vector<T>.Zero), Vector<T>.One, -Vector<T>.One),
        ActivationKind.Relu => Vector.Max(y, Vector<T>.Zero),
        _ => Vector.Min(Vector.Max(y, -bound), bound),
    };

    public T Apply(T y) => kind switch
    {
        ActivationKind.Sign => y >= T.Zero ? T.One : -T.One,
        ActivationKind.Relu => T.Max(y, T.Zero),
        _ => T.Min(T.Max(y, -limit), limit),
    };

    /// <summary>The gradient where it passes: y above 0 of the ReLU, straight-through |y| &lt;= 1.3 of Hardtanh and sign; 0 elsewhere.</summary>
    public Vector<T> Through(Vector<T> y, Vector<T> gradient) => kind == ActivationKind.Relu
        ? Vector.ConditionalSelect(Vector.GreaterThan(y, Vector<T>.Zero), gradient, Vector<T>.Zero)
        : Vector.ConditionalSelect(Vector.LessThanOrEqual(Vector.Abs(y), bound), gradient, Vector<T>.Zero);

    /// <summary>The same for one value.</summary>
    public T Through(T y, T gradient) => (kind == ActivationKind.Relu ? y > T.Zero : T.Abs(y) <= limit) ? gradient : T.Zero;
}
