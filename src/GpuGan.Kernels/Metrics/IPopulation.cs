namespace GpuGan.Kernels.Metrics;

/// <summary>Many GANs that are trained and judged, by whichever engine. What a member becomes depends neither on the chunks nor on its neighbours.</summary>
internal interface IPopulation
{
    /// <summary>Number of members.</summary>
    int Count { get; }

    /// <summary>Steps of the whole training of a member.</summary>
    long StepsPerMember { get; }

    /// <summary>Members that are trained before the first of them is given.</summary>
    int ChunkSize { get; }

    /// <summary>Trains all members, and gives them in order. A chunk is trained when its first member is asked for, and nothing of it is kept afterwards.</summary>
    /// <param name="evaluation">Judges the generators.</param>
    /// <param name="progress">Told now and then how many steps of GANs were done since it was told last.</param>
    /// <param name="cancellation">Ends the training.</param>
    /// <exception cref="ArgumentException">The target has other columns than the generators make.</exception>
    /// <exception cref="InvalidSettingException">A number of a member is out of range, or there are more steps than can be counted.</exception>
    /// <exception cref="OperationCanceledException">The training was ended.</exception>
    /// <exception cref="Devices.DeviceMemoryException">There is too little memory.</exception>
    IEnumerable<TrainedMember> Train(Evaluation evaluation, Action<long>? progress = null, CancellationToken cancellation = default);
}
